import { drawButton } from "./button_slot.ts";
import { readButtonLook, readConfiguration } from "./html_api.ts";
import { cancelPrompt, showPrompt } from "./one_tap.ts";
import { openPopup } from "./popup.ts";
import { leaveForChooser } from "./redirect.ts";
import { suppressAutoSelect } from "./state_cookie.ts";

type Configuration = google.accounts.id.IdConfiguration;

declare global {
  interface Window {
    onGoogleLibraryLoad?: () => void;
  }
}

const script = document.currentScript as HTMLScriptElement;
const base = new URL(script.src).origin;
/** The last `initialize` wins, for the whole page. */
let configuration: Configuration | null = null;

const id: Omit<typeof google.accounts.id, "initializeIntermediate" | "intermediate"> = {
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
    drawButton(parent, { base, look, onClick: () => begin(look) });
  },
  prompt(listener) {
    if (configuration) void showPrompt({ base, configuration }, listener);
    else console.warn("[GSI_LOGGER]: prompt() is called before initialize().");
  },
  cancel: cancelPrompt,
  disableAutoSelect: suppressAutoSelect,
  storeCredential(credential, done) {
    void credential;
    done?.();
  },
  revoke(hint, done) {
    done?.(hint ? { successful: true } : { successful: false, error: "invalid_parameter" });
  },
};

function begin(look: google.accounts.id.GsiButtonConfiguration): void {
  if (!configuration) return;
  look.click_listener?.();
  const flow = { base, configuration, state: look.state };
  if (configuration.ux_mode === "redirect") leaveForChooser(flow);
  else void openPopup(flow);
}

/** Google's script looks at the page once; what comes later it does not see. */
function scan(): void {
  for (const element of document.querySelectorAll(".g_id_signout")) {
    element.addEventListener("click", suppressAutoSelect);
  }
  const onload = document.getElementById("g_id_onload");
  if (onload) {
    id.initialize(readConfiguration(onload));
    if (onload.dataset.auto_prompt !== "false") whenLoaded(() => id.prompt());
  }
  for (const slot of document.querySelectorAll<HTMLElement>(".g_id_signin")) {
    id.renderButton(slot, readButtonLook(slot));
  }
}

function addStyles(): void {
  if (!document.getElementById("googleidentityservice_button_styles")) {
    const style = document.createElement("style");
    style.id = "googleidentityservice_button_styles";
    style.textContent = ".S9gUrf-YoZ4jf{position:relative}";
    document.head.append(style);
  }
  if (document.getElementById("googleidentityservice")) return;
  const link = document.createElement("link");
  link.id = "googleidentityservice";
  link.rel = "stylesheet";
  link.href = `${base}/gsi/style`;
  document.head.append(link);
}

function whenLoaded(action: () => void): void {
  if (document.readyState === "complete") setTimeout(action);
  else addEventListener("load", action);
}

Object.assign(window, {
  google: { ...window.google, accounts: { ...window.google?.accounts, id } },
});
addStyles();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", scan);
else scan();
whenLoaded(() => window.onGoogleLibraryLoad?.());
