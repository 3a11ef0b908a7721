import { drawButton } from "./draw_button.ts";
import { loadGoogleScript } from "./google_script.ts";
import { drawSlots } from "./google_slot.ts";
import { cancelOneTap, offerOneTap } from "./one_tap.ts";
import { replaceOwnLink } from "./own_link.ts";

/** Below this width the navigation bar has room for an icon only; the style sheet says the same. */
const NARROW = "(width < 52em)";

/**
 * `<google-button src="…" one-tap>`: loads Google's script for the first button and draws every button.
 * Until one is there, and wherever none comes, our own link stands in its place.
 */
class GoogleButton extends HTMLElement {
  #narrow = matchMedia(NARROW);

  /** Updates the return page, which matters in redirect mode only. */
  #updateReturnPage = () => {
    const place = this.#place;
    const path = location.pathname + location.search;
    if (!place || this.#client?.dataset.ux_mode !== "redirect" || place.dataset.state === path)
      return;
    place.dataset.state = path;
    this.#redraw(place);
  };

  /** Follows a phone that is turned, and a page that is magnified. */
  #fitWindow = () => {
    const place = this.#place;
    if (!place) return;
    place.dataset.type = this.#narrow.matches ? "icon" : "standard";
    this.#redraw(place);
  };

  get #place(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".g_id_signin, .google_button");
  }

  get #client(): HTMLElement | null {
    return this.querySelector<HTMLElement>("[data-client_id]");
  }

  connectedCallback(): void {
    if (this.#client && isAppleTouchScreen()) this.#client.dataset.ux_mode = "redirect";
    if (this.#place && this.#narrow.matches) this.#place.dataset.type = "icon";
    this.#narrow.addEventListener("change", this.#fitWindow);
    document.addEventListener("htmx:after:history:push", this.#updateReturnPage);
    window.addEventListener("popstate", this.#updateReturnPage);
    loadGoogleScript(this.getAttribute("src") ?? "").then(
      () => this.#draw(),
      // Our link stays.
      () => {},
    );
  }

  disconnectedCallback(): void {
    this.#narrow.removeEventListener("change", this.#fitWindow);
    document.removeEventListener("htmx:after:history:push", this.#updateReturnPage);
    window.removeEventListener("popstate", this.#updateReturnPage);
    // Without a button, a person has signed in here or in another tab, so the prompt closes too.
    queueMicrotask(() => {
      if (!document.querySelector("google-button")) cancelOneTap();
    });
  }

  #redraw(place: HTMLElement): void {
    place.replaceChildren();
    if (window.google) this.#draw();
  }

  #draw(): void {
    const client = this.#client;
    const place = this.#place;
    if (!this.isConnected || !client || !place) return;
    drawButton(client, place);
    replaceOwnLink(place, this.querySelector("a"));
    drawSlots();
    if (this.hasAttribute("one-tap")) offerOneTap();
  }
}

/** iPhone and iPad block windows, or cut them off from their opener. iPads call themselves Macs, which have no touch screen. */
function isAppleTouchScreen(): boolean {
  return navigator.userAgent.includes("Mac OS X") && navigator.maxTouchPoints > 0;
}

/** Defines `<google-button>`. */
export function defineGoogleButton(): void {
  customElements.define("google-button", GoogleButton);
}
