import type { AnyElysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { matches } from "./route_pattern.ts";

/** The refusal of a path without a route, or with routes for other methods only (RFC 9110, section 15.5.6). */
export function missingRoute(path: string, routes: AnyElysia["routes"]): RefusedRequest {
  const given = path.split("/");
  const methods = routes
    .filter((route) => matches(route.path.split("/"), given))
    .flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  if (methods.length === 0) return new RefusedRequest("not_found");
  return new RefusedRequest("method_not_allowed", { headers: { Allow: methods.join(", ") } });
}

/** Whether `path` is a route without parameters: below `/htmx`, one that draws a part of a page. */
export function isStaticRoute(path: string, routes: AnyElysia["routes"]): boolean {
  return routes.some((route) => route.method === "GET" && route.path === path);
}
