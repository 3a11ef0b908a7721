import { showDone, showMessage } from "./message.ts";

/** Lets buttons with `data-copy` put that text into the clipboard. */
export function copyOnClick(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
    const text = button?.dataset.copy;
    if (text === undefined) return;
    try {
      await navigator.clipboard.writeText(text);
      showDone("Link copied");
    } catch {
      // Without permission, or on a page without HTTPS.
      showMessage(`Copy this link: ${text}`);
    }
  });
}
