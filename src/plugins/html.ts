import type { HeaderSet } from "./cookies.ts";

/** The header that makes HTML of a string. */
export const HTML_TYPE = "text/html; charset=utf-8";

/** Sends `html` that depends on who asks: kept by no cache. */
export function sendFragment(set: HeaderSet, html: JSX.Element): JSX.Element {
  set.headers["content-type"] = HTML_TYPE;
  set.headers["cache-control"] = "no-store";
  set.headers.vary = "Cookie";
  return html;
}
