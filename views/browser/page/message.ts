import { offerStep, offerUndo, onClick, type Step, type Undo } from "./message_buttons.ts";
import { focusPage, uncoverFocus } from "./page_focus.ts";

/** Clears the messages when the person opens another page or does something else. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", clear);
  window.addEventListener("popstate", clear);
  // Another person may come back to a page that the browser keeps.
  window.addEventListener("pagehide", clear);
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    // A message whose own button acts stays until the answer.
    if (ctx.request.method !== "GET" && !isInMessage(ctx.sourceElement)) clear();
  });
}

/**
 * Shows `text` as a message that interrupts; `""` clears it. With `retry`, it offers to try again, and with `step`, to
 * go on elsewhere.
 */
export function showMessage(text: string, { retry, step }: Offer = {}): Element | null {
  return show("alert", { text, retry, step });
}

/** Like {@linkcode showMessage}, for what the person has not caused: a screen reader waits with it. */
export function showStatus(text: string, { retry }: Pick<Offer, "retry"> = {}): Element | null {
  return show("status", { text, retry });
}

/** Tells screen readers alone what eyes see elsewhere, until something else is said. */
export function announce(text: string): Element | null {
  const region = findMessages()?.querySelector("[role=status]");
  const said = document.createElement("p");
  said.className = "hear";
  said.append(text);
  region?.replaceChildren(said);
  return said;
}

/** Shows what an act of the person has done, for a while or until the next one; with `undo`, offers the opposite act. */
export function showDone(text: string, undo?: Undo): Element | null {
  const message = show("status", { text, undo });
  message?.classList.add("good");
  if (message) expire(message);
  return message;
}

/** Good news goes by itself, but not while a person is at it. */
function expire(message: Element): void {
  const ms = Number(findMessages()?.dataset.good_ms);
  setTimeout(() => {
    if (!message.isConnected) return;
    if (message.matches(":hover, :focus-within")) expire(message);
    else message.remove();
  }, ms);
}

/** Removes a message. If it has the focus, the first of `heirs` that is there gets it, or else the page. */
export function removeMessage(message: Element | null | undefined, heirs: string[] = []): void {
  const hadFocus = message?.contains(document.activeElement);
  message?.remove();
  if (!hadFocus) return;
  const next = heirs
    .map((id) => document.getElementById(id))
    .find((heir) => heir?.checkVisibility());
  if (next) next.focus({ preventScroll: true });
  else focusPage();
}

/** Whether the element is a part of a message. */
export function isInMessage(element: Element): boolean {
  return findMessages()?.contains(element) ?? false;
}

/** Says that the server cannot be reached, or takes that back. */
export function sayUnreachable(isUnreachable: boolean): void {
  showStatus(isUnreachable ? readSentence("unreachable") : "");
}

/** One of the sentences that the page brings for the browser to say. */
export function readSentence(name: "unreachable" | "offline" | "signing_in" | "signed_in"): string {
  return findMessages()?.dataset[name] ?? "";
}

function clear(): void {
  showMessage("");
  // The state of the network stays until it changes.
  removeMessage(findMessages()?.querySelector("[role=status] > .good"));
}

/** What a message offers. */
interface Offer {
  retry?: (() => void) | undefined;
  step?: Step | undefined;
}

interface MessageParts extends Offer {
  text: string;
  undo?: Undo | undefined;
}

function show(role: string, { text, retry, step, undo }: MessageParts): Element | null {
  const messages = findMessages();
  const region = messages?.querySelector(`[role=${role}]`);
  // The warning of an idle session stands beside it.
  removeMessage(region?.querySelector(":scope > .message:not(.idle)"));
  const template = messages?.querySelector("template");
  const message = template?.content.firstElementChild?.cloneNode(true);
  if (!(message instanceof HTMLElement) || !region || !text) return null;
  message.querySelector("p")?.append(text);
  region.append(message);
  onClick(message, "close", () => removeMessage(message));
  onClick(message, "again", retry && (() => (removeMessage(message), retry())));
  offerUndo(message.querySelector("[data-undo]"), undo);
  offerStep(message.querySelector<HTMLAnchorElement>("[data-step]"), step);
  uncoverFocus();
  return message;
}

function findMessages(): HTMLElement | null {
  return document.getElementById("sign_in_message");
}
