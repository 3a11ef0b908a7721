import { announce, readSentence, removeMessage, showStatus } from "../page/message.ts";
import { forgetGoogleClick } from "./popup_blocked.ts";

let message: Element | null = null;

/** Says at once that a sign-in is under way: in each place of Google's button, or in a message where none is. */
export function showSigningIn(): void {
  forgetGoogleClick();
  removeMessage(message);
  markPlaces(true);
  // Where the place of the button says so already, only screen readers need it.
  const say = document.querySelector("google-slot") ? announce : showStatus;
  message = say(readSentence("signing_in"));
}

/** Ends that. After a good answer the places stay as they are, because others come for them. */
export function endSigningIn({ isSignedIn }: { isSignedIn: boolean }): void {
  removeMessage(message);
  message = null;
  if (!isSignedIn) markPlaces(false);
}

function markPlaces(isBusy: boolean): void {
  const places = document.querySelectorAll<HTMLElement>("google-slot, google-button, fedcm-button");
  for (const place of places) place.ariaBusy = isBusy ? "true" : null;
}
