import { Html } from "@elysiajs/html";
import { type AnyElysia, Elysia } from "elysia";

import { ContentFrame, RefusedContent } from "../../views/content.tsx";
import { RefusedNavbar } from "../../views/navbar.tsx";
import type { PageProps } from "../../views/page.tsx";
import { RefusalPage } from "../../views/refusal_page.tsx";
import { problemDocument, SignInError } from "../errors.ts";
import { describeCause, type Log } from "../log.ts";
import { isFragmentPath, PATHS } from "../paths.ts";
import { HTML_TYPE } from "./html.ts";

export interface ErrorPagesOptions {
  log: Log;
  page: Omit<PageProps, "title">;
  /** The routes that there are, to tell a wrong method from a wrong path. */
  routes: () => AnyElysia["routes"];
}

/**
 * The only mapper from error to response: a fragment where htmx would swap the answer in, a page where a
 * person navigates, a problem document (RFC 9457) elsewhere; the true status always.
 */
export function errorPages({ log, page, routes }: ErrorPagesOptions) {
  return new Elysia({ name: "error_pages" }).onError(
    { as: "global" },
    ({ error, code, request }) => {
      const path = new URL(request.url).pathname;
      const refusal =
        code === "NOT_FOUND" ? missingRoute({ path, routes: routes() }) : toRefusal(error, code);
      const requestId = crypto.randomUUID();
      log(refusal.status >= 500 ? "error" : "info", "refused", {
        request: requestId,
        method: request.method,
        path,
        status: refusal.status,
        code: refusal.code,
        cause: describeCause(refusal.cause),
      });
      const { body, type } = draw(refusal, { request, path, requestId, page });
      return new Response(body, {
        status: refusal.status,
        headers: {
          "Content-Type": type,
          "Cache-Control": "no-store",
          Vary: "Cookie",
          "X-Request-Id": requestId,
          ...refusal.headers,
        },
      });
    },
  );
}

function toRefusal(error: unknown, code: unknown): SignInError {
  if (error instanceof SignInError) return error;
  if (code === "PARSE" || code === "VALIDATION")
    return new SignInError("bad_parameter", { cause: error });
  const isDatabase = error instanceof Error && error.name === "DatabaseError";
  if (isDatabase) {
    return new SignInError("database_unavailable", {
      cause: error,
      headers: { "Retry-After": "5" },
    });
  }
  return new SignInError("internal_error", { cause: error });
}

/** A path that no route takes, or takes with other methods only (RFC 9110, section 15.5.6). */
function missingRoute({
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

interface Drawing {
  request: Request;
  path: string;
  requestId: string;
  page: ErrorPagesOptions["page"];
}

function draw(refusal: SignInError, { request, path, requestId, page }: Drawing) {
  const isHtmx = request.headers.get("hx-request") === "true";
  if (isHtmx && isFragmentPath(path)) {
    return { body: String(<RefusedFragment refusal={refusal} path={path} />), type: HTML_TYPE };
  }
  const isNavigation = request.headers.get("sec-fetch-mode") === "navigate";
  if (!isHtmx && (isNavigation || path.startsWith(`${PATHS.page}/`))) {
    return { body: String(<RefusalPage sentence={refusal.message} {...page} />), type: HTML_TYPE };
  }
  const body = JSON.stringify(problemDocument(refusal, requestId));
  return { body, type: "application/problem+json" };
}

function RefusedFragment({ refusal, path }: { refusal: SignInError; path: string }) {
  if (path === PATHS.navbar) return <RefusedNavbar sentence={refusal.message} />;
  return (
    <ContentFrame name={nameIn(path)} isLoaded={true}>
      <RefusedContent sentence={refusal.message} canSignIn={refusal.code === "not_signed_in"} />
    </ContentFrame>
  );
}

function nameIn(path: string): string {
  const encoded = path.slice(`${PATHS.content}/`.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
