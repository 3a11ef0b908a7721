import { onGoogleClick } from "./popup_blocked.ts";
import { onSignIn } from "./post_credential.ts";

/** Draws a button with two calls of Google's JavaScript API. */
export function drawJsButton(element: HTMLElement): void {
  const slot = element.querySelector<HTMLElement>(".google_button");
  if (!slot) return;
  const { client_id = "", nonce = "", hd, login_uri, state, type, locale = "" } = slot.dataset;
  google.accounts.id.initialize({
    client_id,
    nonce,
    callback: onSignIn,
    ...(hd ? { hd } : {}),
    ...(login_uri ? { ux_mode: "redirect", login_uri } : {}),
  });
  google.accounts.id.renderButton(slot, {
    type: type === "icon" ? "icon" : "standard",
    theme: "outline",
    size: "medium",
    text: "signin_with",
    shape: "pill",
    locale,
    ...(login_uri ? { state } : { click_listener: onGoogleClick }),
  });
}
