import { CONTENT } from "./parts.ts";

/**
 * Adds the query of the document's address to the request that loads the page, and its fragment, which no server sees,
 * to the address of a protected application: the last part of the request that leads there.
 */
export function addPageQuery(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const { sourceElement, request } = ctx;
    if (sourceElement?.id === CONTENT) request.action += location.search;
    if (sourceElement?.matches("[data-enter]")) request.action += encodeURIComponent(location.hash);
  });
}
