import type { Act } from "../act.ts";
import type { SecurityAct } from "../contract/security_event.ts";
import type { SignIn, SignInRefusal } from "../contract/store.ts";
import type { Statements } from "../statements/all.ts";
import { hash } from "./audit_chain.ts";

/** Longer than an ID token is accepted after it was issued: an hour, and a minute of tolerance. */
const TOKEN_MS = 3_660_000;

/** Longer than Google tries to deliver an event, in milliseconds: until then an older event may still come. */
const LATE_MS = 30 * 86_400_000;

/**
 * Keeps what an event says about an account, also if nobody here has it. Returns whether its status counts: an event
 * may come after a later one.
 */
export function* keepGoogleEvent(
  run: Statements,
  { sub, endsSessionsBefore, disables }: SecurityAct & { sub: string },
  issuedAt: number,
): Act<boolean> {
  const saved = yield* run.saveGoogleAccount.get({
    subHash: hashSub(sub),
    revokedAt: endsSessionsBefore === null ? 0 : issuedAt,
    statusAt: disables === null ? 0 : issuedAt,
    isDisabled: disables !== null && disables !== "lifted",
    expiresAt: issuedAt + (disables === null ? TOKEN_MS : LATE_MS),
  });
  return disables !== null && saved?.statusAt === issuedAt;
}

/** Keeps that Google has disabled a person. Run it before the account is deleted. */
export function* keepGoogleStatus(run: Statements, userId: string): Act<void> {
  const person = yield* run.findWholePerson.get({ userId });
  if (!person || person.googleStatusAt === null) return;
  const { sub, googleStatusAt: statusAt, googleDisabledAt } = person;
  yield* run.saveGoogleAccount.get({
    subHash: hashSub(sub),
    revokedAt: 0,
    statusAt,
    isDisabled: googleDisabledAt !== null,
    expiresAt: statusAt + LATE_MS,
  });
}

/**
 * Why Google's own words forbid a sign-in, or `null`. Both times of a revocation are Google's, so no clock differs. Of
 * somebody with an account, the account says whether it is disabled.
 */
export function* googleRefusalOf(
  run: Statements,
  { identity, tokenIssuedAt, nonceKeptUntil }: SignIn,
  { hasAccount }: { hasAccount: boolean },
): Act<SignInRefusal | null> {
  const word = yield* run.findGoogleWord.get({ subHash: hashSub(identity.sub) });
  if (!hasAccount && word?.isDisabled) return { code: "user_disabled_by_google" };
  if (tokenIssuedAt <= (word?.revokedAt ?? -1)) return { code: "credential_revoked" };
  // The clock was set forward and back: what is deleted might speak against this token.
  const nonces = word?.forgottenNonces ?? 0;
  const revocations = word?.forgottenRevocations ?? 0;
  const isForgotten = nonceKeptUntil <= nonces || tokenIssuedAt <= revocations;
  return isForgotten ? { code: "nonce_expired" } : null;
}

function hashSub(sub: string): string {
  return hash(`google ${sub}`);
}
