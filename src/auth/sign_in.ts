import type { SignInOutcome, Store } from "../../db/store.ts";
import { SignInError } from "../errors.ts";
import { type AdmissionPolicy, admit } from "./admission.ts";
import type { GoogleKeys } from "./google_keys.ts";
import { verifyIdToken } from "./id_token.ts";
import { checkNonce } from "./nonce.ts";
import { endOfSession, type SessionLimits } from "./session_policy.ts";
import { createToken, hashToken } from "./token.ts";

/** Google's answer, and what this browser's cookies say. */
export interface SignInAttempt {
  credential: string;
  /** The way that was taken, in Google's words; an open set. */
  selectBy: string;
  signInToken: string | null;
  sessionToken: string | null;
}

/** What a sign-in needs from outside. */
export interface SignInDependencies {
  config: AdmissionPolicy & SessionLimits & { googleClientId: string };
  store: Store;
  googleKeys: GoogleKeys;
  now: () => number;
}

/** A session that has begun: its value for the cookie, and its end in milliseconds since 1970. */
export type BegunSession = Extract<SignInOutcome, { signedIn: true }> & {
  token: string;
  expiresAt: number;
};

/**
 * The one way in, whichever button was used: verifies the credential, the nonce and the admission, then
 * creates the session. Throws `SignInError`; a refused attempt has changed nothing.
 */
export async function signIn(
  { credential, selectBy, signInToken, sessionToken }: SignInAttempt,
  { config, store, googleKeys, now }: SignInDependencies,
): Promise<BegunSession> {
  const verified = await verifyIdToken(credential, {
    keys: googleKeys,
    clientId: config.googleClientId,
    now,
  });
  checkNonce(verified.nonce, { signInCookie: signInToken, now: now() });
  if (!verified.emailVerified) throw new SignInError("email_unverified");
  const admission = admit(verified.identity, config);
  if (!admission.admitted) {
    throw new SignInError(admission.code, { cause: new Error(admission.reason) });
  }
  const token = createToken();
  const begunAt = now();
  const expiresAt = begunAt + config.sessionLifetimeMs;
  const outcome = await store.signIn({
    identity: verified.identity,
    selectBy,
    now: begunAt,
    tokenHash: hashToken(token),
    previousTokenHash: sessionToken && hashToken(sessionToken),
    nonceHash: hashToken(verified.nonce ?? ""),
    nonceKeptUntil: verified.expiresAt + TOKEN_TOLERANCE_MS,
    expiresAt,
    endsAt: endOfSession(begunAt, { expiresAt, sessionMaxAgeMs: config.sessionMaxAgeMs }),
  });
  if (!outcome.signedIn) throw new SignInError(outcome.code);
  return { ...outcome, token, expiresAt };
}

/** A token is taken for a while after its end, and its nonce must not be free again before that. */
const TOKEN_TOLERANCE_MS = 120_000;
