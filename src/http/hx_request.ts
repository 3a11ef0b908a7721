import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";

/** Refuses requests to the routes of an instance that htmx did not send: a fragment alone is no page. */
export function hxRequest() {
  return new Elysia().onTransform({ as: "scoped" }, ({ request }) => {
    if (request.headers.get("hx-request") === "true") return;
    throw new RefusedRequest("bad_parameter", {
      detail: "Only HX request is allowed to this end point.",
    });
  });
}
