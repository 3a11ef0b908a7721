import type { AuditContext } from "../../db/contract/audit.ts";
import type { SignIn, SignInOutcome, SignInRefusal, Store } from "../../db/contract/store.ts";
import type { Config } from "../config.ts";
import { type RefusedPerson, RefusedRequest } from "../errors.ts";
import type { Random } from "../machine.ts";
import { type AdmissionPolicy, admit, isGoogleAuthoritative } from "./admission.ts";
import { blameClock } from "./clock.ts";
import type { GoogleKeys } from "./google_keys.ts";
import { verifyIdToken } from "./id_token.ts";
import { checkNonce } from "./nonce.ts";
import { endOfSession, type SessionLimits } from "./session_policy.ts";
import type { SignatureCheck } from "./signed_token.ts";
import { createToken, hashToken } from "./token.ts";

/** Google's credential, and the tokens in this browser's cookies. */
export interface SignInAttempt {
  credential: string;
  /** How the person signed in, in Google's words (`select_by`); an open set. */
  method: string;
  signInToken: string | null;
  sessionToken: string | null;
  /** Where the attempt comes from, for the audit log. */
  audit: AuditContext;
}

/** The settings, store, keys, signature check, clock and randomness of a sign-in. */
export interface SignInDependencies {
  config: AdmissionPolicy &
    SessionLimits &
    Pick<Config, "googleClientId" | "signUp" | "cookieDomain" | "offersBinding">;
  store: Store;
  googleKeys: GoogleKeys;
  signatures: SignatureCheck;
  now: () => number;
  random: Random;
}

/** A new session: its tokens for the cookies, and when it expires, in milliseconds since 1970. */
export type BegunSession = Extract<SignInOutcome, { signedIn: true }> & {
  token: string;
  /** The token for protected applications, or `null` where there are none. */
  access: string | null;
  /** What its challenges are signed with, or `null` where no binding is offered. */
  bindingSecret: string | null;
  expiresAt: number;
};

/**
 * Signs a person in, for every method: verifies the credential, the nonce and the admission, then creates
 * the session. Throws `RefusedRequest`; a refused attempt changes nothing.
 */
export async function signInWithCredential(
  { credential, method, signInToken, sessionToken, audit }: SignInAttempt,
  { config, store, googleKeys, signatures, now, random }: SignInDependencies,
): Promise<BegunSession> {
  const verified = await verifyIdToken(credential, {
    keys: googleKeys,
    signatures,
    clientId: config.googleClientId,
    now,
  }).catch((error: unknown) => {
    throw blameClock(error, googleKeys);
  });
  checkNonce(verified.nonce, { signInCookie: signInToken, now: now() });
  const { identity } = verified;
  const { sub, email, name } = identity;
  const person = { sub, email, name };
  if (!verified.emailVerified) throw new RefusedRequest("email_unverified", { person });
  const admission = admit(identity, config);
  if (!admission.admitted) {
    throw new RefusedRequest(admission.code, { person, cause: new Error(admission.reason) });
  }
  const token = createToken(random);
  const access = config.cookieDomain === null ? null : createToken(random);
  const bindingSecret = config.offersBinding ? createToken(random) : null;
  const begunAt = now();
  const expiresAt = begunAt + config.sessionLifetimeMs;
  const attempt: SignIn = {
    identity,
    method,
    tokenHash: hashToken(token),
    accessHash: access && hashToken(access),
    bindingSecret,
    authenticatedAt: verified.authenticatedAt,
    amr: verified.amr,
    previousTokenHash: sessionToken && hashToken(sessionToken),
    tokenIssuedAt: verified.issuedAt,
    nonceHash: hashToken(verified.nonce ?? ""),
    nonceKeptUntil: verified.acceptedUntil,
    expiresAt,
    idleEndsAt: endOfSession(begunAt, { expiresAt, sessionMaxAgeMs: config.sessionMaxAgeMs }),
    invitation: "not_needed",
  };
  if (config.signUp === "closed" && !admission.isAdmin) {
    attempt.invitation = isGoogleAuthoritative(identity) ? "needed" : "unusable";
  }
  const outcome = await store.signIn(attempt, { ...audit, now: begunAt });
  if (!outcome.signedIn) throw refuse(outcome, { person, invitation: attempt.invitation });
  return { ...outcome, token, access, bindingSecret, expiresAt };
}

function refuse(
  refusal: SignInRefusal,
  { person, invitation }: { person: RefusedPerson; invitation: SignIn["invitation"] },
): RefusedRequest {
  switch (refusal.code) {
    case "nonce_reused":
    case "nonce_expired":
      return new RefusedRequest(refusal.code);
    case "credential_revoked":
      return new RefusedRequest("expired_credential", { person, variant: "revoked_by_google" });
    case "user_disabled":
      return new RefusedRequest(refusal.code, {
        person,
        facts: { disabledAt: refusal.disabledAt },
      });
    case "user_disabled_by_google":
      return new RefusedRequest("user_disabled", { person, variant: "disabled_by_google" });
    case "sign_up_closed": {
      const reason = "Google is not authoritative for the address, so no invitation counts";
      const cause = invitation === "unusable" ? new Error(reason) : undefined;
      return new RefusedRequest(refusal.code, { person, cause });
    }
  }
}
