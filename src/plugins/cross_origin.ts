import { Elysia } from "elysia";

import { SignInError } from "../errors.ts";
import { pathOf, PATHS } from "../paths.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** The callback's first post changes nothing, and is only asked to come again; an event of Google's is signed. */
const EXEMPT_PATHS: readonly string[] = [PATHS.callback, PATHS.risc];

/** Refuses requests that change state, unless they come from our own pages, or Google may send them. */
export function crossOrigin({ origin }: { origin: string }) {
  return new Elysia({ name: "cross_origin" }).onRequest(({ request }) => {
    if (isOwnRequest(request, origin) || EXEMPT_PATHS.includes(pathOf(request))) return;
    throw new SignInError("cross_origin");
  });
}

/**
 * Whether `request` changes nothing or comes from `origin`, by `Sec-Fetch-Site`, or by `Origin` where a
 * browser does not send that. With neither header it is not ours.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isOwnRequest(request: Request, origin: string): boolean {
  return SAFE_METHODS.includes(request.method) || comesFrom(request, origin);
}

/** Whether a request that is safe, but not without effect, comes from our pages, or was typed by the person. */
export function isFromOurPages(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}

function comesFrom(request: Request, origin: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  return request.headers.get("origin") === origin;
}
