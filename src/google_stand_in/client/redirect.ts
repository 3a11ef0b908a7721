import type { Flow } from "./flow.ts";

const MAX_AGE_S = 300;

/**
 * Leaves the page for the account chooser. As Google's script does it: a random value goes into a cookie
 * of the page's origin (on http://localhost without other attributes) and into the form that comes back.
 */
export function leaveForChooser({ base, configuration, state = "" }: Flow): void {
  const csrfToken = crypto.randomUUID().replaceAll("-", "");
  const secure = location.protocol === "https:" ? "; SameSite=None; Secure" : "";
  document.cookie = `g_csrf_token=${csrfToken}; Path=/; Max-Age=${MAX_AGE_S}${secure}`;
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    ux_mode: "redirect",
    login_uri: new URL(configuration.login_uri ?? location.href, location.href).href,
    nonce: configuration.nonce ?? "",
    g_csrf_token: csrfToken,
    state,
  });
  location.assign(`${base}/gsi/select?${query}`);
}
