import { setCsrfToken } from "./csrf_token.ts";
import type { Flow } from "./flow.ts";

/** Navigates to the account chooser. Google's form returns the CSRF token of the cookie. */
export function redirectToChooser({ base, configuration, claims, state = "" }: Flow): void {
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    ux_mode: "redirect",
    login_uri: new URL(configuration.login_uri ?? location.href, location.href).href,
    nonce: configuration.nonce ?? "",
    login_hint: configuration.login_hint ?? "",
    hd: configuration.hd ?? "",
    claims,
    g_csrf_token: setCsrfToken(),
    state,
  });
  location.assign(`${base}/gsi/select?${query}`);
}
