import { hasFedCm } from "./fedcm.ts";
import { createClient, type IdClient } from "./id_client.ts";
import { oauth2 } from "./oauth2.ts";
import { type IdApi, scanPage, whenLoaded } from "./page_scan.ts";
import { addStyles } from "./page_styles.ts";
import { revoke } from "./revocation.ts";
import { suppressAutoSelect } from "./state_cookie.ts";

declare global {
  interface Window {
    onGoogleLibraryLoad?: () => void;
    /** The client of the last `initialize` call. Some libraries wait for it. */
    __G_ID_CLIENT__?: IdClient;
  }
}

const script = document.currentScript as HTMLScriptElement;
const { origin: base, searchParams } = new URL(script.src);

const id: IdApi = {
  initialize(configuration) {
    if (window.__G_ID_CLIENT__) {
      console.warn("[GSI_LOGGER]: google.accounts.id.initialize() is called multiple times.");
    }
    const language = searchParams.get("hl");
    window.__G_ID_CLIENT__ = createClient(configuration, { base, language });
  },
  renderButton(parent, look) {
    const problem = !window.__G_ID_CLIENT__
      ? "before calling initialize()."
      : !parent || !look
        ? "because there is no parent or options set."
        : null;
    if (problem) console.warn(`[GSI_LOGGER]: Failed to render button ${problem}`);
    else window.__G_ID_CLIENT__?.renderButton(parent, look);
  },
  prompt(listener) {
    if (window.__G_ID_CLIENT__) window.__G_ID_CLIENT__.prompt(listener);
    else console.warn("[GSI_LOGGER]: prompt() is called before initialize().");
  },
  cancel: () => window.__G_ID_CLIENT__?.cancel(),
  disableAutoSelect() {
    suppressAutoSelect();
    if (hasFedCm()) void navigator.credentials.preventSilentAccess();
  },
  storeCredential(credential, done) {
    void credential;
    done?.();
  },
  revoke(hint, done) {
    void revoke(window.__G_ID_CLIENT__?.flow ?? null, hint).then(done);
  },
  // The stand-in logs warnings only, which is Google's default.
  setLogLevel() {},
};

Object.assign(window, {
  google: { ...window.google, accounts: { ...window.google?.accounts, id, oauth2 } },
});
addStyles(base);
scanPage(id);
whenLoaded(() => window.onGoogleLibraryLoad?.());
