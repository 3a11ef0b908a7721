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
  google.accounts.id.renderButton(
    slot,
    slot.dataset as unknown as google.accounts.id.GsiButtonConfiguration,
  );
}
