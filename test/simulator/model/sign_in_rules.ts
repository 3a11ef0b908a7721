import { type RefusalCode, REFUSALS } from "../../../src/errors.ts";
import type { Credential } from "../google.ts";
import { type Answer, type Context, refuse } from "./ask.ts";
import { isUnprovedAsk } from "./binding_rules.ts";
import { ACCEPTED_MS, isForgotten, judgeByGoogle, judgeCredential } from "./credential_rules.ts";
import { sessionOf } from "./presence.ts";
import { keepReason } from "./reasons.ts";
import { isConfigured, isVouchedFor, mayEnter } from "./rights.ts";
import { GRACE_MS, type Person, record } from "./state.ts";
import { isUnproved, noteFault } from "./unproved.ts";

const HOUR_MS = 3_600_000;

/** Signs in with Google's token: a session with a new name begins, and the one that this browser had ends. */
export function signIn(
  context: Context,
  { credential, way }: { credential: Credential; way: "post" | "form" | "link" },
): Answer {
  if (way === "link" && !context.ask.isOwnState) return refuse(400, "csrf_mismatch");
  if (context.ask.isKeyKnown === false) {
    return { ...refuse(401, "invalid_credential"), mayBeUnavailable: true };
  }
  const refusal = judgeCredential(context, credential);
  if (refusal) return refuse(REFUSALS[refusal], refusal);
  const { state, settings, ask, change } = context;
  const { account, nonce } = credential;
  const { now, given } = ask;
  const known = state.people.values().find((person) => person.account.sub === account.sub);
  const issuedAt = credential.iat * 1000;
  const code =
    judgePerson(context, { account, known }) ??
    judgeByGoogle(state, { sub: account.sub, issuedAt, known });
  if (code) {
    change(() => recordRefusal(context, { sub: account.sub, known, code }));
    return refuse(REFUSALS[code], code);
  }
  if (isForgotten(state, issuedAt)) return refuse(401, "nonce_expired");
  if (state.usedNonces.has(nonce ?? "")) return refuse(401, "nonce_reused");
  change(() => {
    state.usedNonces.add(nonce ?? "");
    state.keptNonces.set(nonce ?? "", issuedAt + ACCEPTED_MS);
    const id = known?.id ?? given.personId ?? "";
    const person = known ?? {
      ...{ id, account, isDisabled: false, isDisabledByGoogle: false, googleSaidAt: null },
      hasRole: false,
    };
    state.people.set(id, { ...person, account });
    if (!known) state.invitations.delete(account.email);
    // Whoever has a copy of a bound session's cookie, and not its device, does not end it.
    const had = sessionOf(context);
    const before = had && isUnproved(had, ask) ? null : had;
    if (before) state.sessions.delete(before.id);
    if (before && before.personId !== id) {
      record(state, { kind: "session_ended", actorId: id, subjectId: before.personId, at: now });
    }
    record(state, { kind: "signed_in", actorId: id, subjectId: id, at: now });
    const expiresAt = now + settings.lifetimeMs;
    const idleEndsAt = Math.min(now + settings.maxAgeMs, expiresAt);
    const times = {
      createdAt: now,
      tokenIssuedAt: issuedAt,
      lastSeenAt: now,
      renewedAt: now,
      expiresAt,
      idleEndsAt,
    };
    state.sessions.set(given.sessionId ?? "", {
      ...times,
      ...{ id: given.sessionId ?? "", personId: id, offeredAt: null, isEndedByAdmin: false },
      tokens: new Map([[given.token ?? "", { replacedAt: null, isNext: false }]]),
      access: given.access,
      device: null,
    });
  });
  return { status: way === "post" ? 200 : 303, cookie: "given" };
}

/** Signs out. This and the deletion of an account are all that clears the cookie. */
export function signOut(context: Context): Answer {
  const { state, ask, change } = context;
  const { now, namedSession } = ask;
  const session = sessionOf(context);
  if (!session) return { status: 200, cookie: "cleared" };
  if (isUnprovedAsk(context)) {
    noteFault(context, { session, kind: "binding_missing" });
    return { status: 200, cookie: "cleared" };
  }
  if (namedSession !== null && namedSession !== session.id) {
    return refuse(409, "signed_in_as_another");
  }
  const { replacedAt } = session.tokens.get(ask.token ?? "") ?? { replacedAt: null };
  const isOver = now >= session.idleEndsAt || now >= session.expiresAt;
  const isSuspect =
    !isOver && !session.device && replacedAt !== null && Math.abs(now - replacedAt) > GRACE_MS;
  const subjectId = session.personId;
  change(() => {
    state.sessions.delete(session.id);
    if (isSuspect) {
      keepReason(state, session, { why: "suspicion", from: now });
      record(state, { kind: "session_ended_by_suspicion", actorId: null, subjectId, at: now });
    } else record(state, { kind: "signed_out", actorId: subjectId, subjectId, at: now });
  });
  return { status: 200, cookie: "cleared" };
}

/** Whether this person may come in. */
function judgePerson(
  { state, settings, ask }: Context,
  { account, known }: { account: Person["account"]; known: Person | undefined },
): RefusalCode | null {
  if (!account.emailVerified) return "email_unverified";
  if (!mayEnter(account, settings)) return "email_not_allowed";
  if (known) return known.isDisabled || known.isDisabledByGoogle ? "user_disabled" : null;
  if (settings.signUp === "open") return null;
  if (isConfigured({ account }, settings.adminEmail)) return null;
  const invitedUntil = state.invitations.get(account.email) ?? 0;
  return isVouchedFor(account) && invitedUntil > ask.now ? null : "sign_up_closed";
}

/** A refusal of somebody whom Google vouches for is recorded, once for each person, code and hour. */
function recordRefusal(
  { state, ask: { now } }: Context,
  { sub, known, code }: { sub: string; known: Person | undefined; code: RefusalCode },
): void {
  const what = `${sub} ${code} ${Math.floor(now / HOUR_MS)}`;
  if (state.recordedRefusals.has(what)) return;
  state.recordedRefusals.set(what, now + HOUR_MS);
  const subjectId = known?.id ?? null;
  record(state, { kind: "policy_refusal", actorId: null, subjectId, at: now });
}
