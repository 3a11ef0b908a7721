import { showMessage } from "../page/message.ts";
import { trusted } from "../page/trusted.ts";

/** The card that the server has drawn for a refused sign-in. */
export type RefusalCard = HTMLElement;

/** How a refused sign-in can go on. */
export interface RefusalOptions {
  /** Whether our script, not the person, has asked for the answer. */
  isByItself: boolean;
  /** Whether it is the first answer. After others, nothing is tried by itself. */
  isFirst: boolean;
  retry: () => void;
  retryByItself: () => void;
}

const CARD = "sign_in";

let timer: ReturnType<typeof setTimeout> | undefined;

/** The sign-in card that a refusal stands in the place of. */
let covered: Element | null = null;

/** The card in an answer of ours, or `null`. */
export function readRefusal(html: string): RefusalCard | null {
  const template = document.createElement("template");
  template.innerHTML = trusted.createHTML(html);
  const card = template.content.firstElementChild;
  return card instanceof HTMLElement && card.id === CARD ? card : null;
}

/** Shows a refusal in the place of the sign-in card, or as a message where the page has none. */
export function showRefusal(card: RefusalCard, options: RefusalOptions): void {
  clearTimeout(timer);
  const waiting = card.querySelector<HTMLElement>("[data-retry_after]");
  const place = document.getElementById(CARD);
  if (waiting && options.isFirst) {
    card.querySelector<HTMLElement>("#refusal_text")?.remove();
    timer = setTimeout(options.retryByItself, Number(waiting.dataset.retry_after) * 1000);
  } else {
    waiting?.remove();
  }
  const canRetry = onRetry(card, options.retry);
  if (!place) return sayRefusal(card, canRetry ? options.retry : undefined);
  const isFollowed = !options.isByItself || place.contains(document.activeElement);
  if (place.dataset.refusal === undefined) covered = place;
  place.replaceWith(card);
  showMessage("");
  if (isFollowed) card.querySelector("h2")?.focus();
}

function onRetry(card: RefusalCard, retry: () => void): boolean {
  const button = card.querySelector<HTMLButtonElement>("[data-retry]");
  button?.addEventListener("click", () => {
    clearTimeout(timer);
    retry();
  });
  return button !== null;
}

/** The words of a card as one message, with its obvious step. */
function sayRefusal(card: RefusalCard, retry: (() => void) | undefined): void {
  const title = card.querySelector("h2")?.textContent?.trim();
  const text = card.querySelector("h2 + p")?.textContent?.trim();
  const again = retry && (() => (clearTimeout(timer), retry()));
  const link = card.querySelector<HTMLAnchorElement>("a.button.main");
  const step = link ? { label: link.textContent ?? "", href: link.href } : undefined;
  showMessage([title, text].filter(Boolean).join(". "), { retry: again, step });
}

/** Takes the name of a refused account off a page that a browser keeps: another person may come back to it. */
export function forgetRefusals(): void {
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    const card = document.getElementById(CARD);
    if (card?.dataset.refusal !== undefined && covered) card.replaceWith(covered);
    showMessage("");
  });
}
