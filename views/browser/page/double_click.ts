/** Has a double click act once: by the second click, something else may stand at its place. */
export function ignoreDoubleClicks(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { request, sourceEvent } = event.detail.ctx;
    const isSecond = sourceEvent instanceof MouseEvent && sourceEvent.detail > 1;
    if (isSecond && request.method !== "GET") event.preventDefault();
  });
}
