import { onGoogleClick } from "./popup_blocked.ts";

/**
 * Draws a button of Google's HTML API. Google's script scans the document only once, when it loads, and draws that
 * button itself. This passes later buttons to it with the same attributes.
 */
export function drawHtmlButton(element: HTMLElement): void {
  const onload = element.querySelector<HTMLElement>("#g_id_onload");
  const slot = element.querySelector<HTMLElement>(".g_id_signin");
  if (!onload || !slot || slot.querySelector("iframe")) return;
  const { callback, ...options } = onload.dataset;
  google.accounts.id.initialize({
    ...options,
    client_id: options.client_id ?? "",
    callback: Reflect.get(window, callback ?? ""),
  });
  // The attribute names the function for Google's scan; a call takes the function itself.
  const { click_listener, ...look } = slot.dataset;
  google.accounts.id.renderButton(slot, {
    ...(look as unknown as google.accounts.id.GsiButtonConfiguration),
    ...(click_listener ? { click_listener: onGoogleClick } : {}),
  });
}
