/** How long One Tap stays off after sign-out, in milliseconds. Browsers use the same time. */
const QUIET_MS = 600_000;
const SIGNED_OUT_AT = "signed_out_at";

let isOffered = false;

/** Offers One Tap, at most once per document, and not right after sign-out. */
export function offerOneTap(): void {
  const signedOutAt = Number(localStorage.getItem(SIGNED_OUT_AT) ?? Number.NEGATIVE_INFINITY);
  const isQuiet = Math.abs(Date.now() - signedOutAt) < QUIET_MS;
  // Google's script may not have been loaded at sign-out, so it is told now.
  if (isQuiet) google.accounts.id.disableAutoSelect();
  if (isQuiet || isOffered) return;
  isOffered = true;
  google.accounts.id.prompt();
}

/** Closes an open prompt. */
export function cancelOneTap(): void {
  window.google?.accounts.id.cancel();
}

/** Stores the sign-out for all tabs, so that One Tap does not sign the person in again unasked. */
export function keepOneTapQuiet(): void {
  localStorage.setItem(SIGNED_OUT_AT, String(Date.now()));
}
