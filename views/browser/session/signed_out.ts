import { readShownSession } from "./shown_session.ts";
import { reload } from "./tabs.ts";

/** Whether the content says that the person is signed out. */
const CARD = "#content_section[data-signed_out]";

/**
 * Keeps the sentence that says why a person is signed out, which the server says only once, until somebody signs in.
 * Moves the focus there.
 */
export function keepSignedOutCard(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement, sourceEvent } = event.detail.ctx;
    if (sourceElement.matches(CARD) && sourceEvent?.type === "LoginStatusChange")
      event.preventDefault();
  });
  let shown: Element | null = null;
  let endedSession: string | null = null;
  document.addEventListener("htmx:after:swap", () => {
    const card = document.querySelector<HTMLElement>(CARD);
    const isNew = card !== null && card !== shown;
    shown = card;
    const session = readShownSession();
    if (isNew) {
      // The navigation bar may still show it.
      endedSession = session;
      card.querySelector("h1")?.focus({ preventScroll: true });
    } else if (card && session && session !== endedSession) {
      delete card.dataset.signed_out;
      reload();
    }
  });
}
