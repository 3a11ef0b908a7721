import { googlePath } from "../../../src/paths.ts";
import { announce, removeMessage, showStatus } from "../page/message.ts";

/** A window of Google's takes the focus at once, and so does the browser's dialog. After two seconds, none has opened. */
const LOOK_EVERY_MS = 100;
const LOOKS = 20;

let timer: ReturnType<typeof setInterval> | undefined;
let note: Element | null = null;
let message: Element | null = null;

/** Google's `click_listener`: offers Google's page if the click opens no window. It says nothing about closed ones. */
export function onGoogleClick(): void {
  forgetGoogleClick();
  if (document.querySelector("google-button [data-ux_mode=redirect]")) return;
  let looks = 0;
  timer = setInterval(() => {
    looks += 1;
    if (!document.hasFocus()) return forgetGoogleClick();
    if (looks < LOOKS) return;
    forgetGoogleClick();
    offerGooglePage();
  }, LOOK_EVERY_MS);
}

/** Stops waiting, and takes the offer back. */
export function forgetGoogleClick(): void {
  clearInterval(timer);
  note?.remove();
  removeMessage(message);
  note = message = null;
}

/** In the sign-in card, or as a message where the page has none. */
function offerGooglePage(): void {
  const template = document.querySelector<HTMLTemplateElement>("google-button template");
  const offer = template?.content.firstElementChild?.cloneNode(true);
  if (!(offer instanceof Element)) return;
  const slot = document.querySelector("google-slot");
  const link = offer.querySelector("a");
  const target = slot?.querySelector("a")?.href ?? googlePath(location.pathname + location.search);
  if (link) link.href = target;
  const words = [...offer.querySelectorAll("p > :not(br)")].map(({ textContent }) => textContent);
  if (slot) {
    slot.after(offer);
    note = offer;
    message = announce(words.join(" "));
  } else {
    message = showStatus(words.join(" "));
    if (link) message?.querySelector("[data-close]")?.before(link);
  }
}
