import { removeMessage, showStatus } from "../page/message.ts";
import { readShownSession } from "./shown_session.ts";

/**
 * Says why the session has ended where the page does not: on pages for everybody, the navigation bar brings the
 * sentence. It goes with the next sign-in.
 */
export function tellSessionEnd(): void {
  let message: Element | null = null;
  document.addEventListener("htmx:after:swap", () => {
    const holder = document.querySelector<HTMLElement>("#auth_navbar [data-ended]");
    const text = holder?.dataset.ended;
    // Once, whatever else is swapped.
    delete holder?.dataset.ended;
    if (text) message = showStatus(text);
    if (!readShownSession()) return;
    removeMessage(message);
    message = null;
  });
}

/** Moves the focus to the sentence that says why a person is signed out, as soon as it stands there. */
export function focusSignedOutCard(): void {
  let shown: Element | null = null;
  document.addEventListener("htmx:after:swap", () => {
    const card = document.querySelector("#content_section[data-signed_out]");
    if (card && card !== shown) card.querySelector("h1")?.focus();
    shown = card;
  });
}
