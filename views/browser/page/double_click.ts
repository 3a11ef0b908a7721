/** Ignores the second click of a double click: a different button may be there by then. */
export function ignoreDoubleClicks(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { request, sourceEvent } = event.detail.ctx;
    const isSecond = sourceEvent instanceof MouseEvent && sourceEvent.detail > 1;
    if (isSecond && request.method !== "GET") event.preventDefault();
  });
}
