import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";

/** Refuses requests that htmx did not send, on all routes of an instance: a fragment alone is not a page. */
export function hxRequest() {
  return new Elysia().onTransform({ as: "scoped" }, ({ request }) => {
    if (request.headers.get("hx-request") === "true") return;
    throw new RefusedRequest("bad_parameter", {
      detail: "Only HX request is allowed to this end point.",
    });
  });
}

/** The address of the page from which htmx sends a request, or `null`. */
export function shownUrl({ headers }: Request): URL | null {
  return URL.parse(headers.get("hx-current-url") ?? "");
}
