import { readSentence } from "../page/message.ts";
import { ACCOUNT_BUTTON } from "../page/navbar_focus.ts";
import { focusHeading } from "../page/page_focus.ts";
import { CONTENT, NAVBAR } from "../page/parts.ts";
import { readShownSession } from "./shown_session.ts";

/** Where the focus is while a person signs in: in one of the places of Google's button. */
const PLACES = "google-slot, google-button, fedcm-button, #sign_in";

let isExpected = false;

/** This page has signed a person in; the navigation bar that shows them is still to come. */
export function expectPerson(): void {
  isExpected = true;
}

/**
 * After a sign-in in this page, says who is signed in, and moves the focus from Google's button, which is gone, to the
 * account button; or to the heading of the page that opens by it. In other tabs it stays.
 */
export function followSignInFocus(): void {
  let isRefused = false;
  let isOpening = false;
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const id = ctx.target?.id;
    if (id === NAVBAR && isExpected && readShownSession()) {
      isExpected = false;
      sayWho();
      isOpening = isRefused;
      if (isFree()) find(ACCOUNT_BUTTON)?.focus({ preventScroll: true });
    }
    if (id !== CONTENT) return;
    if (isOpening && (isFree() || document.activeElement === find(ACCOUNT_BUTTON))) focusHeading();
    isOpening = false;
    isRefused = Number(ctx.response?.status) >= 400;
  });
}

/** Says who is signed in now, for as long as they are. */
function sayWho(): void {
  const name = find(".person-name")?.textContent ?? "";
  // A function, as a name may hold what `replace` takes for a pattern.
  const text = readSentence("signed_in").replace("{name}", () => name.trim());
  document.dispatchEvent(new CustomEvent("PageMessage", { detail: { text } }));
}

/** Whether the person has not put the focus somewhere else meanwhile. */
function isFree(): boolean {
  const focused = document.activeElement;
  return !focused || focused === document.body || focused.closest(PLACES) !== null;
}

function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector);
}
