/**
 * Keeps a page from loading itself that is in the document already, as anonymous people see it. Its attributes stay,
 * so that it loads when the login status changes.
 */
export function keepReadyPage(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement, sourceEvent } = event.detail.ctx;
    if (!(sourceElement instanceof HTMLElement) || sourceElement.dataset.ready === undefined)
      return;
    if (sourceEvent?.type === "load") event.preventDefault();
  });
}
