import type { RefusalCode } from "../../../src/errors.ts";
import type { Credential } from "../google.ts";
import type { Context } from "./ask.ts";
import type { Person, State } from "./state.ts";

const TOLERANCE_S = 60;
const HOUR_S = 3600;
const HOUR_MS = 3_600_000;
/** How long after it was issued a token is accepted. */
export const ACCEPTED_MS = 3_660_000;
/** How long a nonce is good, in milliseconds. */
const NONCE_MS = 3_300_000;

/** Whether Google signed this for us, now, and for this browser. */
export function judgeCredential({ ask }: Context, credential: Credential): RefusalCode | null {
  const { flaw, iat, nonce } = credential;
  const nowS = ask.now / 1000;
  if (flaw === "foreign_key" || flaw === "foreign_audience") return "invalid_credential";
  if (iat > nowS + TOLERANCE_S) return "not_yet_valid";
  if (iat + HOUR_S <= Math.floor(nowS) - TOLERANCE_S) return "expired_credential";
  if (nonce === null) return "nonce_missing";
  const made = ask.nonce;
  if (made === null || made.signInToken !== ask.signInToken) return "nonce_mismatch";
  const endsAt = made.madeAt + NONCE_MS;
  return endsAt <= ask.now || endsAt > ask.now + HOUR_MS ? "nonce_expired" : null;
}

/** Whether Google said something against this account or token. */
export function judgeByGoogle(
  { google }: State,
  { sub, issuedAt, known }: { sub: string; issuedAt: number; known: Person | undefined },
): RefusalCode | null {
  const word = google.get(sub);
  if (!known && word?.isDisabled) return "user_disabled";
  return word && issuedAt <= word.revokedAt ? "expired_credential" : null;
}

/** Whether what the server has forgotten may speak against a token. */
export function isForgotten({ forgotten }: State, issuedAt: number): boolean {
  return issuedAt + ACCEPTED_MS <= forgotten.nonces || issuedAt <= forgotten.revocations;
}
