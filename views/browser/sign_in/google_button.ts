import { loadGoogleScript } from "./google_script.ts";
import { drawHtmlButton } from "./html_button.ts";
import { drawJsButton } from "./js_button.ts";
import { cancelOneTap, offerOneTap } from "./one_tap.ts";

/** How long to wait for Google's button before showing the fallback link, in milliseconds. */
const TIMEOUT_MS = 3000;

/**
 * `<google-button way="html|js" src="…" one-tap>`: loads Google's script for the first button and draws every button.
 * If no button appears, it shows a fallback link.
 */
class GoogleButton extends HTMLElement {
  #timeout: ReturnType<typeof setTimeout> | undefined;

  /** Updates the return page. Only in redirect mode the button contains it. */
  #updateReturnPage = () => {
    const slot = this.querySelector<HTMLElement>("[data-state]");
    if (!slot || slot.dataset.state === location.pathname) return;
    slot.dataset.state = location.pathname;
    slot.replaceChildren();
    if (window.google) this.#draw();
  };

  connectedCallback(): void {
    document.addEventListener("htmx:after:history:push", this.#updateReturnPage);
    window.addEventListener("popstate", this.#updateReturnPage);
    this.#timeout = setTimeout(() => this.#showFallback(true), TIMEOUT_MS);
    loadGoogleScript(this.getAttribute("src") ?? "").then(
      () => this.#draw(),
      () => this.#showFallback(true),
    );
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timeout);
    document.removeEventListener("htmx:after:history:push", this.#updateReturnPage);
    window.removeEventListener("popstate", this.#updateReturnPage);
    // Without a button, a person has signed in here or in another tab, so the prompt closes too.
    queueMicrotask(() => {
      if (!document.querySelector("google-button")) cancelOneTap();
    });
  }

  #draw(): void {
    if (!this.isConnected) return;
    clearTimeout(this.#timeout);
    if (this.getAttribute("way") === "html") drawHtmlButton(this);
    else drawJsButton(this);
    this.#showFallback(false);
    if (this.hasAttribute("one-tap")) offerOneTap();
  }

  #showFallback(isShown: boolean): void {
    const fallback = this.querySelector<HTMLElement>(".fallback");
    if (fallback) fallback.hidden = !isShown;
  }
}

/** Defines `<google-button>`. */
export function defineGoogleButton(): void {
  customElements.define("google-button", GoogleButton);
}
