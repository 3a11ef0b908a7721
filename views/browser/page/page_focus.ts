import { CONTENT } from "./parts.ts";

/**
 * Keeps the focus in the page when a reload removes the focused element, for example the button that was
 * clicked. Otherwise the keyboard and a screen reader would start at the top of the document.
 */
export function keepFocus(): void {
  let hadFocus = false;
  document.addEventListener("htmx:before:swap", () => {
    hadFocus = findPage()?.contains(document.activeElement) ?? false;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (hadFocus && document.activeElement === document.body) focusPage();
  });
}

/** Moves the focus to the start of the page. */
export function focusPage(): void {
  findPage()?.focus({ preventScroll: true });
}

function findPage(): HTMLElement | null {
  return document.getElementById(CONTENT);
}
