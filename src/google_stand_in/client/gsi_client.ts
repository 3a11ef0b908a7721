import { drawButton } from "./button_slot.ts";
import { hasFedCm, requestFedCm } from "./fedcm.ts";
import type { Configuration } from "./flow.ts";
import { cancelPrompt, showPrompt } from "./one_tap.ts";
import { type IdApi, scanPage, whenLoaded } from "./page_scan.ts";
import { addStyles } from "./page_styles.ts";
import { openPopup } from "./popup.ts";
import { redirectToChooser } from "./redirect.ts";
import { revoke } from "./revocation.ts";
import { isAutoSelectSuppressed, suppressAutoSelect } from "./state_cookie.ts";

declare global {
  interface Window {
    onGoogleLibraryLoad?: () => void;
  }
}

const script = document.currentScript as HTMLScriptElement;
const base = new URL(script.src).origin;
/** The configuration of the last `initialize` call. It applies to all buttons. */
let configuration: Configuration | null = null;

const id: IdApi = {
  initialize(next) {
    if (configuration) {
      console.warn("[GSI_LOGGER]: google.accounts.id.initialize() is called multiple times.");
    }
    configuration = next;
  },
  renderButton(parent, look) {
    if (!configuration) {
      console.warn("[GSI_LOGGER]: Failed to render button before calling initialize().");
      return;
    }
    drawButton(parent, { base, look, onClick: () => startFlow(look) });
  },
  prompt(listener) {
    if (configuration) void showPrompt({ base, configuration }, listener);
    else console.warn("[GSI_LOGGER]: prompt() is called before initialize().");
  },
  cancel: cancelPrompt,
  disableAutoSelect() {
    suppressAutoSelect();
    if (hasFedCm()) void navigator.credentials.preventSilentAccess();
  },
  storeCredential(credential, done) {
    void credential;
    done?.();
  },
  revoke(hint, done) {
    void revoke(configuration && { base, configuration }, hint).then(done);
  },
};

function startFlow(look: google.accounts.id.GsiButtonConfiguration): void {
  if (!configuration) return;
  look.click_listener?.();
  const flow = { base, configuration, state: look.state };
  const { callback, ux_mode, button_auto_select, use_fedcm_for_button } = configuration;
  if (use_fedcm_for_button && hasFedCm()) {
    const isSilent = button_auto_select === true && !isAutoSelectSuppressed();
    void requestFedCm(flow, { mode: "active", isSilent }).then(
      (found) => found && callback?.(found),
    );
  } else if (ux_mode === "redirect") {
    redirectToChooser(flow);
  } else {
    openPopup(flow, (response) => callback?.(response));
  }
}

Object.assign(window, {
  google: { ...window.google, accounts: { ...window.google?.accounts, id } },
});
addStyles(base);
scanPage(id);
whenLoaded(() => window.onGoogleLibraryLoad?.());
