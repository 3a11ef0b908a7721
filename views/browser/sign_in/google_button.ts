import { loadGoogleScript } from "./google_script.ts";
import { drawHtmlButton } from "./html_button.ts";
import { drawJsButton } from "./js_button.ts";
import { offerOneTap, withdrawOneTap } from "./one_tap.ts";

/** How long a person waits for Google's button until a way out is shown, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * `<google-button way="html|js" src="…" one-tap>`: loads Google's script when a button is first needed, and
 * has the button drawn each time one comes into the page. Where none appears, it says so.
 */
class GoogleButton extends HTMLElement {
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** Keeps the page to come back to up to date; only redirect mode has it in the button. */
  #followPage = () => {
    const slot = this.querySelector<HTMLElement>("[data-state]");
    if (!slot || slot.dataset.state === location.pathname) return;
    slot.dataset.state = location.pathname;
    slot.replaceChildren();
    if (window.google) this.#draw();
  };

  connectedCallback(): void {
    document.addEventListener("htmx:after:history:push", this.#followPage);
    this.#patience = setTimeout(() => this.#showFallback(true), PATIENCE_MS);
    loadGoogleScript(this.getAttribute("src") ?? "").then(
      () => this.#draw(),
      () => this.#showFallback(true),
    );
  }

  disconnectedCallback(): void {
    clearTimeout(this.#patience);
    document.removeEventListener("htmx:after:history:push", this.#followPage);
    // The prompt goes with the last button: somebody has signed in meanwhile, here or in another tab.
    queueMicrotask(() => {
      if (!document.querySelector("google-button")) withdrawOneTap();
    });
  }

  #draw(): void {
    if (!this.isConnected) return;
    clearTimeout(this.#patience);
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

/** Makes `<google-button>` known to the browser. */
export function defineGoogleButton(): void {
  customElements.define("google-button", GoogleButton);
}
