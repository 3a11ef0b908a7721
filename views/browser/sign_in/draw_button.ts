import { onGoogleClick } from "./popup_blocked.ts";
import { onSignIn } from "./post_credential.ts";

/**
 * Draws a button with two calls of Google's JavaScript API, whose options are the attributes of `client` and `place`.
 * With the HTML API, Google's script draws the first one itself: it scans the document once, when it loads.
 */
export function drawButton(client: HTMLElement, place: HTMLElement): void {
  const isDrawn = place.querySelector("iframe") !== null;
  // In redirect mode, Google's own client would leave the page with the answer of One Tap, too.
  if (isDrawn && client.dataset.ux_mode !== "redirect") return;
  // Attributes name functions for Google's scan; a call takes the function itself.
  const options = { ...readOptions(client), callback: onSignIn };
  const look = { ...readOptions(place), click_listener: onGoogleClick };
  google.accounts.id.initialize(options as unknown as google.accounts.id.IdConfiguration);
  if (isDrawn) return;
  google.accounts.id.renderButton(
    place,
    look as unknown as google.accounts.id.GsiButtonConfiguration,
  );
}

/** The `data-` attributes; a truth value is one. */
function readOptions({ dataset }: HTMLElement): Record<string, string | boolean | undefined> {
  const isTruth = (text = "") => text === "true" || text === "false";
  return Object.fromEntries(
    Object.entries(dataset).map(([name, text]) => [name, isTruth(text) ? text === "true" : text]),
  );
}
