/** Moves the focus to the sentence that says why a person is signed out, as soon as it stands there. */
export function focusSignedOutCard(): void {
  let shown: Element | null = null;
  document.addEventListener("htmx:after:swap", () => {
    const card = document.querySelector("#content_section[data-signed_out]");
    if (card && card !== shown) card.querySelector("h1")?.focus();
    shown = card;
  });
}
