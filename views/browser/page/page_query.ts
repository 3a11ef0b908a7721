/** Adds the query of the document's address to the request that loads the page. */
export function addPageQuery(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.id === "content_section") ctx.request.action += location.search;
  });
}
