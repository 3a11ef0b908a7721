import { CONTENT } from "./parts.ts";

/** Adds the query of the document's address to the request that loads the page. */
export function addPageQuery(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.id === CONTENT) ctx.request.action += location.search;
  });
}
