import { drawButton } from "./button_slot.ts";
import { writeClaims } from "./essential_claims.ts";
import { hasFedCm, requestFedCm } from "./fedcm.ts";
import type { ButtonLook, Configuration, Flow } from "./flow.ts";
import { cancelPrompt, type MomentListener, showPrompt } from "./one_tap.ts";
import { openPopup } from "./popup.ts";
import { redirectToChooser } from "./redirect.ts";
import { isAutoSelectSuppressed } from "./state_cookie.ts";

/** What one `initialize` call makes. Its buttons stay with it when another client follows. */
export interface IdClient {
  readonly flow: Flow;
  renderButton(parent: HTMLElement, look: ButtonLook): void;
  prompt(listener?: MomentListener): void;
  /** Cancels the prompt of this client, and of no other. */
  cancel(): void;
}

/** Creates a client. `language` is the `hl` of the script's URL: buttons without a `locale` have it. */
export function createClient(
  options: Configuration,
  { base, language }: { base: string; language: string | null },
): IdClient {
  const { login_hint = options.hint, hd = options.hosted_domain } = options;
  const configuration = { ...options, login_hint, hd };
  const flow = { base, configuration, claims: writeClaims(configuration.essential_claims) };
  return {
    flow,
    renderButton(parent, look) {
      const ofButton = joinButton(flow, look);
      drawButton(parent, { flow: ofButton, language, look, onClick: () => click(ofButton, look) });
    },
    prompt: (listener) => void showPrompt(flow, listener),
    cancel: () => cancelPrompt(flow),
  };
}

/** The flow of one button: its nonce and state win over those of the client. */
function joinButton(flow: Flow, { nonce, state }: ButtonLook): Flow {
  const { configuration } = flow;
  const own = nonce ? { ...configuration, nonce } : configuration;
  return { ...flow, configuration: own, state: state || configuration.state };
}

function click(flow: Flow, { click_listener }: ButtonLook): void {
  startFlow(flow);
  // Google tells the page after the flow has started, also when the browser blocked the popup.
  if (typeof click_listener !== "function") return;
  click_listener({ nonce: flow.configuration.nonce, state: flow.state });
}

function startFlow(flow: Flow): void {
  const { callback, ux_mode, button_auto_select, use_fedcm_for_button } = flow.configuration;
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
