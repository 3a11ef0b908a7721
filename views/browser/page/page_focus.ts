/**
 * Keeps the focus in the content when that comes anew and the element that had it is gone, as a button is
 * that has done its work: the keyboard and a screen reader would begin at the top of the page again.
 */
export function keepFocus(): void {
  let wasInContent = false;
  document.addEventListener("htmx:before:swap", () => {
    wasInContent = content()?.contains(document.activeElement) ?? false;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (wasInContent && document.activeElement === document.body) focusContent();
  });
}

/** Leads the focus to the beginning of the content. */
export function focusContent(): void {
  content()?.focus({ preventScroll: true });
}

function content(): HTMLElement | null {
  return document.getElementById("content_section");
}
