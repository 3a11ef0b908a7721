import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { DOCUMENT_HEADERS } from "./security_headers.ts";

/**
 * Refuses requests that htmx did not send, on all routes of an instance: a fragment alone is not a page. No navigation
 * sends the header, so the answer becomes no document.
 */
export function hxRequest() {
  return new Elysia().onTransform({ as: "scoped" }, ({ request, set }) => {
    if (!isHxRequest(request)) {
      throw new RefusedRequest("bad_parameter", {
        detail: "Only HX request is allowed to this end point.",
      });
    }
    for (const name of DOCUMENT_HEADERS) delete set.headers[name];
  });
}

/** Whether htmx sent a request, as it says. */
export function isHxRequest({ headers }: Request): boolean {
  return headers.get("hx-request") === "true";
}

/** The path and query of the page from which htmx sends a request, or `null`. */
export function shownPath(request: Request): string | null {
  const url = shownUrl(request);
  return url && url.pathname + url.search;
}

/** The address of the page from which htmx sends a request, or `null`. */
export function shownUrl({ headers }: Request): URL | null {
  return URL.parse(headers.get("hx-current-url") ?? "");
}
