import { sendCompressed } from "./compression.ts";
import { type HeaderSet, noStore } from "./headers.ts";

/** The content type of HTML. */
export const HTML_TYPE = "text/html; charset=utf-8";

/** Sends `html` that depends on who is signed in, with `no-store`. */
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
 * Escapes "<hx-". htmx takes it for one of its own elements, even inside an attribute, where views need not
 * escape it: a person's text could end the attribute there. Our own markup never contains it.
 */
export function neutralize(html: string): string {
  return html.replace(/<(?=hx-)/gi, "&lt;");
}
