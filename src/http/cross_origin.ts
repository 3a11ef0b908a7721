import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { pathOf, PATHS } from "../paths.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** The `Sec-Fetch-Site` of requests from our own pages or from the address bar. */
const OWN_SITES = ["same-origin", "none"];

/**
 * The first post to the callback changes nothing: it is posted again from our origin. Security events are signed, and so
 * are the proofs of devices, which older browsers send without a header that says where they come from.
 */
const EXEMPT_PATHS: readonly string[] = [
  PATHS.callback,
  PATHS.risc,
  PATHS.binding,
  PATHS.bindingRefresh,
];

/** Refuses requests that change state, unless they come from our own pages or go to an exempt path. */
export function crossOrigin({ origin }: { origin: string }) {
  return new Elysia({ name: "cross_origin" }).onRequest(({ request }) => {
    if (isOwnRequest(request, origin) || EXEMPT_PATHS.includes(pathOf(request))) return;
    throw new RefusedRequest("cross_origin");
  });
}

/**
 * Whether `request` changes nothing or comes from `origin`. `Sec-Fetch-Site` decides; without it, `Origin`
 * must be exactly `origin`. A request with neither header is refused.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isOwnRequest(request: Request, origin: string): boolean {
  if (SAFE_METHODS.includes(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  return site === null ? request.headers.get("origin") === origin : OWN_SITES.includes(site);
}

/** Whether a browser says that one of our own pages, or the address bar, has caused `request`. */
export function isOwnVisit({ headers }: Request): boolean {
  return OWN_SITES.includes(headers.get("sec-fetch-site") ?? "");
}

/**
 * Refuses an export that another site causes, and methods other than `GET`: an export only reads, but it adds
 * an event to the audit log. Browsers without `Sec-Fetch-Site` name the other site in `Origin` or `Referer`, unless it
 * tells them not to. Throws `cross_origin` or `method_not_allowed`.
 */
export function requireRecordableExport(
  { headers, method }: Request,
  { origin }: { origin: string },
): void {
  const site = headers.get("sec-fetch-site");
  const named = [headers.get("origin"), headers.get("referer")].filter((url) => url !== null);
  const isForeign = named.some((url) => URL.parse(url)?.origin !== origin);
  if (site === null ? isForeign : !OWN_SITES.includes(site)) {
    throw new RefusedRequest("cross_origin");
  }
  if (method !== "GET")
    throw new RefusedRequest("method_not_allowed", { headers: { Allow: "GET" } });
}
