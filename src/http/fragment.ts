import { sendCompressed } from "./compression.ts";
import { type HeaderSet, noStore } from "./headers.ts";

/** The header that makes HTML of a string. */
export const HTML_TYPE = "text/html; charset=utf-8";

/** Sends `html` that depends on who asks: kept by no cache. */
export function sendFragment(
  html: JSX.Element,
  { request, set }: { request: Request; set: HeaderSet },
): string | Response | Promise<string | Response> {
  set.headers["content-type"] = HTML_TYPE;
  noStore(set);
  const send = (text: string) => sendCompressed(neutralize(text), { request, set });
  return typeof html === "string" ? send(html) : html.then(send);
}

/**
 * htmx takes "<hx-" for the beginning of an element of its own wherever it stands, even in an attribute, where
 * views have no need to escape it: somebody's text could end the attribute there. No fragment of ours has one.
 */
export function neutralize(html: string): string {
  return html.replace(/<(?=hx-)/gi, "&lt;");
}
