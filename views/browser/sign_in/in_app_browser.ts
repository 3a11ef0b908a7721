/**
 * `<in-app-browser>`: in the navigation bar of a browser inside another app, where Google signs nobody in. Its card
 * stands in the place of every button, and its link leads to that.
 */
class InAppBrowser extends HTMLElement {
  connectedCallback(): void {
    for (const slot of document.querySelectorAll("google-slot")) coverSlot(slot);
    this.querySelector("a")?.addEventListener("click", showCard);
  }
}

/** Puts the card into the place of a button, if this browser needs it. Returns whether it does. */
export function coverSlot(slot: Element): boolean {
  const template = document.querySelector<HTMLTemplateElement>("in-app-browser template");
  if (!template) return false;
  const card = template.content.cloneNode(true) as DocumentFragment;
  const { origin, pathname, search } = location;
  const address = origin + pathname + search;
  card.querySelector("code")?.append(address);
  card.querySelector("[data-copy]")?.setAttribute("data-copy", address);
  card.querySelector("a")?.setAttribute("href", slot.querySelector("a")?.href ?? "");
  const place = slot.closest("#sign_in");
  if (place) place.replaceChildren(card);
  else slot.replaceWith(card);
  return true;
}

/** The card of this page, if it has one, instead of that of the front page. */
function showCard(event: Event): void {
  const title = document.getElementById("sign_in_title");
  if (!title) return;
  event.preventDefault();
  title.focus();
}

/** Defines `<in-app-browser>`. */
export function defineInAppBrowser(): void {
  customElements.define("in-app-browser", InAppBrowser);
}
