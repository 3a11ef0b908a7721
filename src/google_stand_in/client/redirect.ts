import { setCsrfToken } from "./csrf_token.ts";
import type { Flow } from "./flow.ts";

/** Leaves the page for the account chooser; the token in our cookie comes back in Google's form. */
export function redirectToChooser({ base, configuration, state = "" }: Flow): void {
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    ux_mode: "redirect",
    login_uri: new URL(configuration.login_uri ?? location.href, location.href).href,
    nonce: configuration.nonce ?? "",
    login_hint: configuration.login_hint ?? "",
    g_csrf_token: setCsrfToken(),
    state,
  });
  location.assign(`${base}/gsi/select?${query}`);
}
