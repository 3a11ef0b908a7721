/** How long after signing out nobody is offered One Tap, in milliseconds: what browsers do, too. */
const QUIET_MS = 600_000;
const SIGNED_OUT_AT = "signed_out_at";

let isOffered = false;

/** Offers One Tap, once in a page at most, and not straight after signing out. */
export function offerOneTap(): void {
  const signedOutAt = Number(localStorage.getItem(SIGNED_OUT_AT) ?? Number.NEGATIVE_INFINITY);
  const isQuiet = Math.abs(Date.now() - signedOutAt) < QUIET_MS;
  // Google's script need not have been there when the person signed out.
  if (isQuiet) google.accounts.id.disableAutoSelect();
  if (isQuiet || isOffered) return;
  isOffered = true;
  google.accounts.id.prompt();
}

/** Takes an open prompt away. */
export function withdrawOneTap(): void {
  window.google?.accounts.id.cancel();
}

/** Notes, for every tab, that the person signed out, and does not want to be signed in again unasked. */
export function keepOneTapQuiet(): void {
  localStorage.setItem(SIGNED_OUT_AT, String(Date.now()));
}
