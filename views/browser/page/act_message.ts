import { showDone } from "./message.ts";

/** Shows what an act has done, as the new content says in `data-message`. */
export function showActMessages(): void {
  document.addEventListener("htmx:after:swap", () => {
    const content = document.getElementById("content_section");
    const message = content?.dataset.message;
    if (!content || !message) return;
    // Once: the content stays while other parts are swapped.
    delete content.dataset.message;
    showDone(message);
  });
}
