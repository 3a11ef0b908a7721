import { coverSlot } from "./in_app_browser.ts";
import { replaceOwnLink } from "./own_link.ts";
import { onGoogleClick } from "./popup_blocked.ts";

/** Google's button is at most this wide, in pixels. */
const MAX_WIDTH = 400;

/** Whether Google's script has had a client. It is good while the navigation bar holds a button of it. */
let isReady = false;

/**
 * `<google-slot>`: a place for Google's button, with a link of the same size that works until the button is there,
 * and wherever it never is. The button belongs to the client that the navigation bar has initialized.
 */
class GoogleSlot extends HTMLElement {
  #drawnWidth = 0;

  /** Google's frame keeps its width: it is drawn again when the place for it has another. */
  #sizes = new ResizeObserver(() => {
    if (this.#drawnWidth > 0 && this.#width !== this.#drawnWidth) this.draw();
  });

  get #width(): number {
    return Math.min(MAX_WIDTH, this.clientWidth);
  }

  connectedCallback(): void {
    if (coverSlot(this)) return;
    this.addEventListener("click", this.#useFedCm);
    this.#sizes.observe(this);
    // Right after sign-out the bar still shows the person. The bar that comes draws the button, once.
    if (isReady && document.querySelector("google-button")) this.draw();
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
  }

  draw(): void {
    this.#drawnWidth = this.#width;
    const place = document.createElement("div");
    this.querySelector("div")?.remove();
    this.append(place);
    const link = this.querySelector("a");
    // In redirect mode, Google brings the page to return to back with its answer.
    const state = new URL(link?.href ?? location.href).searchParams.get("return") ?? "";
    google.accounts.id.renderButton(place, {
      type: "standard",
      theme: "outline",
      size: "large",
      text: "continue_with",
      shape: "pill",
      logo_alignment: "center",
      width: this.#drawnWidth,
      locale: document.documentElement.lang,
      state,
      click_listener: onGoogleClick,
    });
    replaceOwnLink(place, link);
  }

  /** Where the browser itself signs in (FedCM), the link does what the navigation bar's button does. */
  #useFedCm = (event: Event) => {
    const button = document.querySelector<HTMLElement>("fedcm-button button:not([hidden])");
    if (!button) return;
    event.preventDefault();
    button.click();
  };
}

/** Draws the button of every slot, for the client that the navigation bar has just initialized. */
export function drawSlots(): void {
  isReady = true;
  for (const slot of document.querySelectorAll<GoogleSlot>("google-slot")) slot.draw();
}

/** Defines `<google-slot>`. */
export function defineGoogleSlot(): void {
  customElements.define("google-slot", GoogleSlot);
}
