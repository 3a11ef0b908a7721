import type { HeaderSet } from "./cookies.ts";
import { sendCompressed } from "./encodings.ts";

/** The header that makes HTML of a string. */
export const HTML_TYPE = "text/html; charset=utf-8";

/** Sends `html` that depends on who asks: kept by no cache. */
export function sendFragment(
  html: JSX.Element,
  { request, set }: { request: Request; set: HeaderSet },
): string | Response | Promise<string | Response> {
  set.headers["content-type"] = HTML_TYPE;
  set.headers["cache-control"] = "no-store";
  set.headers.vary = "Cookie";
  if (typeof html === "string") return sendCompressed(html, { request, set });
  return html.then((text) => sendCompressed(text, { request, set }));
}
