import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { pathOf, PATHS } from "../paths.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** What browsers say of requests that our own pages, or the person, cause. */
const OWN_SITES = ["same-origin", "none"];

/** The callback's first post changes nothing, and is only asked to come again; an event of Google's is signed. */
const EXEMPT_PATHS: readonly string[] = [PATHS.callback, PATHS.risc];

/** Refuses requests that change state, unless they come from our own pages, or Google may send them. */
export function crossOrigin({ origin }: { origin: string }) {
  return new Elysia({ name: "cross_origin" }).onRequest(({ request }) => {
    if (isOwnRequest(request, origin) || EXEMPT_PATHS.includes(pathOf(request))) return;
    throw new RefusedRequest("cross_origin");
  });
}

/**
 * Whether `request` changes nothing or comes from `origin`, by `Sec-Fetch-Site`, or by `Origin` where a
 * browser does not send that. With neither header it is not ours.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isOwnRequest(request: Request, origin: string): boolean {
  if (SAFE_METHODS.includes(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  return site === null ? request.headers.get("origin") === origin : OWN_SITES.includes(site);
}

/**
 * An export is read only, but written down: another site must not cause it, nor a look at its headers.
 * Throws `cross_origin` or `method_not_allowed`.
 */
export function requireRecordableExport({ headers, method }: Request): void {
  const site = headers.get("sec-fetch-site");
  if (site !== null && !OWN_SITES.includes(site)) throw new RefusedRequest("cross_origin");
  if (method !== "GET")
    throw new RefusedRequest("method_not_allowed", { headers: { Allow: "GET" } });
}
