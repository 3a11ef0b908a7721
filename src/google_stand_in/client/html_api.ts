import { isLoopback } from "../../config/values.ts";
import type { ButtonLook, Configuration, Response } from "./flow.ts";
import { postFromPage } from "./page_post.ts";

const BOOLEANS = new Set([
  "auto_select",
  "button_auto_select",
  "cancel_on_tap_outside",
  "itp_support",
  "use_fedcm_for_button",
  "use_fedcm_for_prompt",
]);
const TEXTS = new Set([
  "allowed_parent_origin",
  "auto_prompt",
  "client_id",
  "color_scheme",
  "context",
  "essential_claims",
  "hd",
  "intermediate_iframe_close_callback",
  "login_hint",
  "moment_callback",
  "native_callback",
  "native_id_param",
  "native_login_uri",
  "native_password_param",
  "nonce",
  "prompt_parent_id",
  "skip_prompt_cookie",
  "state_cookie_domain",
  "ux_mode",
]);

/**
 * Reads the configuration from the attributes of `#g_id_onload`. Callbacks are names of global functions.
 * Unknown attributes are posted to `data-login_uri` together with the token.
 */
export function readConfiguration({ dataset }: HTMLElement): Configuration {
  const { callback, login_uri, ...rest } = dataset;
  const options: Record<string, string | boolean> = {};
  const parameters: Record<string, string> = {};
  for (const [name, value = ""] of Object.entries(rest)) {
    if (BOOLEANS.has(name)) options[name] = value === "true";
    else if (TEXTS.has(name)) options[name] = value;
    else parameters[name] = value;
  }
  const configuration = { ...options, client_id: rest.client_id ?? "" };
  const pageCallback = findGlobal<Configuration["callback"]>("callback", callback);
  if (!login_uri) return { ...configuration, callback: pageCallback };
  const loginUri = readLoginUri(login_uri);
  const post = (response: Response) => postFromPage(response, { loginUri, parameters });
  const isPosted = !pageCallback || rest.ux_mode === "redirect";
  return { ...configuration, login_uri: loginUri, callback: isPosted ? post : pageCallback };
}

/** Reads the button's options from the attributes of a `.g_id_signin`. */
export function readButtonLook({ dataset }: HTMLElement): ButtonLook {
  const { click_listener, ...look } = dataset;
  const listener = findGlobal<NonNullable<ButtonLook["click_listener"]>>(
    "click_listener",
    click_listener,
  );
  return {
    ...(look as Partial<ButtonLook>),
    type: look.type === "icon" ? "icon" : "standard",
    ...(listener ? { click_listener: listener } : {}),
  };
}

/** The global function with this name. Warns if there is none. */
export function findGlobal<F>(attribute: string, name: string | undefined): F | undefined {
  if (!name) return undefined;
  const found = Reflect.get(window, name);
  if (typeof found === "function") return found;
  console.warn(`[GSI_LOGGER]: The value of '${attribute}' is not a function: ${name}.`);
  return undefined;
}

function readLoginUri(text: string): string {
  const url = new URL(text, location.href);
  if (!URL.canParse(text)) {
    console.warn("[GSI_LOGGER]: The value of 'login_uri' should be an absolute URL.");
  }
  // Google allows http for `localhost` only. The stand-in allows it for all loopback names.
  if (url.protocol !== "https:" && !isLoopback(url.hostname)) {
    throw new Error("[GSI_LOGGER]: The value of 'login_uri' must be secure.");
  }
  return url.href;
}
