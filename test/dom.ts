import { type Document, type Element, Window } from "happy-dom";

/** Parses a page or a fragment in a window of its own; `Request` and the like stay Bun's. */
export function parse(html: string): Document {
  const window = new Window({ url: "http://localhost/spa" });
  if (html.startsWith("<!doctype html>")) window.document.write(html);
  else window.document.body.innerHTML = html;
  return window.document;
}

/** The document of a response that must be HTML. */
export async function parseResponse(response: Response): Promise<Document> {
  const type = response.headers.get("content-type");
  if (type !== "text/html; charset=utf-8") throw new Error(`Not HTML but ${type}`);
  return parse(await response.text());
}

/** The one element that matches. */
export function one(root: Document | Element, selector: string): Element {
  const [found, ...more] = root.querySelectorAll(selector);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${selector}`);
  return found;
}
