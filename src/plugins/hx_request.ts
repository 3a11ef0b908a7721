import { Elysia } from "elysia";

import { SignInError } from "../errors.ts";
import { isFragmentPath, pathOf } from "../paths.ts";

/** Refuses requests for a fragment that htmx did not send: a fragment alone is no page. */
export function hxRequest() {
  return new Elysia({ name: "hx_request" }).onRequest(({ request }) => {
    if (request.headers.get("hx-request") === "true") return;
    if (!isFragmentPath(pathOf(request))) return;
    throw new SignInError("bad_parameter", {
      detail: "Only HX request is allowed to this end point.",
    });
  });
}
