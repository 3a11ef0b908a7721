/** Has the content load itself with what the page's address says behind its question mark. */
export function followQuery(): void {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.id === "content_section") ctx.request.action += location.search;
  });
}
