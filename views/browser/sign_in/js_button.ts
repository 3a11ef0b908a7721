import { onSignIn } from "./post_credential.ts";

/** The JavaScript way: the button is drawn by two calls. */
export function drawJsButton(element: HTMLElement): void {
  const slot = element.querySelector<HTMLElement>(".google_button");
  if (!slot) return;
  const { client_id = "", nonce = "", login_uri, state } = slot.dataset;
  google.accounts.id.initialize({
    client_id,
    nonce,
    callback: onSignIn,
    ...(login_uri ? { ux_mode: "redirect", login_uri } : {}),
  });
  google.accounts.id.renderButton(slot, {
    type: "standard",
    theme: "outline",
    size: "large",
    text: "signin_with",
    shape: "pill",
    ...(state ? { state } : {}),
  });
}
