import { readFedCmToken } from "./fedcm_token.ts";
import { onSignIn } from "./post_credential.ts";

/** Google's `select_by` for a sign-in with a FedCM button. */
const SELECT_BY = "fedcm_button";

/**
 * `<fedcm-button data-config_url data-client_id data-nonce data-hd data-claims>`: asks the browser for Google's ID
 * token. A rejection can mean that the person declined or that something failed. The two look the same, so nothing is
 * retried automatically.
 *
 * @see https://w3c-fedid.github.io/FedCM/#browser-api-rp-sign-in
 */
class FedCmButton extends HTMLElement {
  #abort = new AbortController();

  connectedCallback(): void {
    const button = this.querySelector("button");
    const link = this.querySelector<HTMLElement>("a.button");
    if (!button || !link || !("IdentityCredential" in window)) return;
    button.hidden = false;
    link.hidden = true;
    button.addEventListener("click", () => void this.#signIn(button));
  }

  disconnectedCallback(): void {
    this.#abort.abort();
  }

  async #signIn(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.#showFallback(false);
    try {
      const credential = readFedCmToken(await this.#askBrowser());
      if (credential) await onSignIn({ credential, select_by: SELECT_BY });
      else this.#showFallback(true);
    } catch {
      this.#showFallback(true);
    } finally {
      button.disabled = false;
    }
  }

  async #askBrowser(): Promise<unknown> {
    const { config_url: configURL = "", client_id: clientId = "", ...asked } = this.dataset;
    const params = {
      response_type: "id_token",
      scope: "email profile openid",
      ss_domain: location.origin,
      nonce: asked.nonce,
      claims: asked.claims,
    };
    const fields = ["name", "email", "picture"];
    const domain = asked.hd ? { domainHint: asked.hd } : {};
    const provider = { configURL, clientId, fields, params, ...domain };
    const options: FedCmRequest = {
      signal: this.#abort.signal,
      mediation: "required",
      identity: { mode: "active", context: "signin", providers: [provider] },
    };
    const credential = await navigator.credentials.get(options);
    return (credential as { token?: unknown } | null)?.token;
  }

  #showFallback(isShown: boolean): void {
    const fallback = this.querySelector<HTMLElement>(".fallback");
    if (fallback) fallback.hidden = !isShown;
  }
}

interface FedCmProvider {
  configURL: string;
  clientId: string;
  fields: string[];
  params: object;
  domainHint?: string;
}

/** FedCM options of `navigator.credentials.get` that TypeScript's library lacks. */
interface FedCmRequest extends CredentialRequestOptions {
  identity: {
    mode: "active" | "passive";
    context: "signin";
    providers: FedCmProvider[];
  };
}

/** Defines `<fedcm-button>`. */
export function defineFedCmButton(): void {
  customElements.define("fedcm-button", FedCmButton);
}
