import type { AnyElysia } from "elysia";

import { SignInError } from "../errors.ts";

/** A path that no route takes, or takes with other methods only (RFC 9110, section 15.5.6). */
export function missingRoute({
  path,
  routes,
}: {
  path: string;
  routes: AnyElysia["routes"];
}): SignInError {
  const methods = routes
    .filter((route) => matches(route.path, path))
    .flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  if (methods.length === 0) return new SignInError("not_found");
  return new SignInError("method_not_allowed", { headers: { Allow: methods.join(", ") } });
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(":") ? given[index] : part === given[index]))
  );
}
