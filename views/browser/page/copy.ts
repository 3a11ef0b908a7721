import { showDone, showMessage } from "./message.ts";

/**
 * Lets buttons with `data-copy` put that text into the clipboard. `data-copied` is what to say then, and
 * `data-not_copied` if the browser does not allow it.
 */
export function copyOnClick(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
    if (!button) return;
    const { copy = "", copied = "", not_copied: notCopied = "" } = button.dataset;
    try {
      await navigator.clipboard.writeText(copy);
      showDone(copied);
    } catch {
      // Without permission, or on a page without HTTPS.
      showMessage(notCopied);
    }
  });
}
