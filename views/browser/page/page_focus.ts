import { CONTENT } from "./parts.ts";

/**
 * Keeps the focus in the page when a reload removes the focused element, for example the button that was clicked.
 * htmx keeps it on the element with the same id. If that is gone with its row, the next row's button gets the focus,
 * else the heading of the list. Otherwise the keyboard and a screen reader would start at the top of the document.
 */
export function keepFocus(): void {
  let heirs: string[] | null = null;
  let wasHeading = false;
  document.addEventListener("htmx:before:swap", () => {
    const focused = document.activeElement;
    heirs = focused && findPage()?.contains(focused) ? listHeirs(focused) : null;
    wasHeading = focused?.matches("h1") ?? false;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!heirs || document.activeElement !== document.body) return;
    const heir = heirs.map((id) => document.getElementById(id)).find((one) => one !== null);
    if (heir) heir.focus();
    else if (wasHeading) focusHeading();
    else focusPage();
  });
}

/** Moves the focus to the page's heading. */
export function focusHeading(): void {
  const heading = findPage()?.querySelector("h1");
  if (!heading) return focusPage();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Moves the focus to the start of the page. */
export function focusPage(): void {
  findPage()?.focus({ preventScroll: true });
}

/** Scrolls what has the focus out from under a message that has just appeared. */
export function uncoverFocus(): void {
  const focused = document.activeElement;
  // The page itself can have it, too, and stays where it is.
  if (focused?.matches("a, button, input, select, summary")) {
    focused.scrollIntoView({ block: "nearest" });
  }
}

/** The ids of the elements that may get the focus in the place of another, the best first. */
function listHeirs(focused: Element): string[] {
  const heirs = [];
  for (let row = focused.closest("li, tr"); row; row = row.nextElementSibling) {
    if (!row.contains(focused)) heirs.push(row.querySelector("button[id]")?.id);
  }
  const section = focused.closest("section[aria-labelledby]");
  return [...heirs, section?.getAttribute("aria-labelledby")].filter(
    (id) => typeof id === "string",
  );
}

function findPage(): HTMLElement | null {
  return document.getElementById(CONTENT);
}
