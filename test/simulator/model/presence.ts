import type { AuditKind } from "../../../db/contract/audit.ts";
import type { SessionEnd } from "../../../db/contract/session_end.ts";
import { type Answer, type Context, refuse } from "./ask.ts";
import { expiryOf, keepReason } from "./reasons.ts";
import { mayAdminister, mayEnter } from "./rights.ts";
import { GRACE_MS, type Person, record, type Session, type Token } from "./state.ts";
import { isUnproved, noteFault } from "./unproved.ts";

/** How many next values are given without one being presented: then somebody takes them away from the owner. */
const MOST_OFFERS = 8;

/** What the audit log says of a session that Foyer ends. One that expires is no event. */
const EVENTS: Partial<Record<SessionEnd, AuditKind>> = {
  suspicion: "session_ended_by_suspicion",
  policy: "session_ended_by_policy",
  google: "session_ended_by_policy",
};

/** Somebody who is signed in. */
export interface Present {
  person: Person;
  session: Session;
  isAdmin: boolean;
  /** Whether the answer carries the next value of the cookie. */
  isRenewed: boolean;
}

/**
 * Who asks: nobody, if a bound session lives and comes without its device. This is the whole life of a session: it is over when nobody has used it for too long, when it is too old,
 * when a replaced value of its cookie is shown, or when somebody ends it.
 */
export function findPresent(context: Context): Present | null {
  const { state, settings, ask, change } = context;
  const { now } = ask;
  const isVisit = ask.wish.kind === "visit";
  const session = isVisit ? visitedSession(context) : sessionOf(context);
  const token = isVisit ? currentTokenOf(session) : session?.tokens.get(ask.token ?? "");
  const person = state.people.get(session?.personId ?? "");
  if (!session || !token || !person) return null;
  const end = (why: SessionEnd) => {
    const kind = EVENTS[why];
    change(() => {
      keepReason(state, session, { why, from: now });
      state.sessions.delete(session.id);
      if (kind) record(state, { kind, actorId: null, subjectId: person.id, at: now });
    });
    return null;
  };
  if (now >= session.idleEndsAt || now >= session.expiresAt) return end(expiryOf(session));
  // A bound session is not renewed: its bound cookie is.
  const isReplaceable = session.device === null;
  if (isReplaceable && token.replacedAt !== null && Math.abs(now - token.replacedAt) > GRACE_MS) {
    return end("suspicion");
  }
  const isAdmin = mayAdminister(person, settings);
  const present = { person, session, isAdmin, isRenewed: false };
  // Whoever came in before it ended may still be given a value: it is as dead as the others.
  const late = session.isEndedByAdmin ? context.nextTokens.get(session.id) : null;
  if (late) session.tokens.set(late, { replacedAt: null, isNext: true });
  const isNobodys = !isVisit && isUnproved(session, ask);
  if (session.isEndedByAdmin) {
    return person.isDisabled && !isNobodys ? { ...present, isAdmin: false } : null;
  }
  if (isNobodys) {
    noteFault(context, { session, kind: "binding_missing" });
    return null;
  }
  // Whoever came in before it learned this is refused, and the next request ends the session.
  if (person.isDisabledByGoogle) return ask.isLate ? null : end("google");
  if (!mayEnter(person.account, settings)) return end("policy");

  const use = useSession(context, { session, token });
  return use === "suspicion" ? end("suspicion") : { ...present, isRenewed: use === "renewed" };
}

/**
 * One use of a session: its next value may be shown for the first time, somebody is active, or the next value is due.
 * An answer that is lost takes its value along, so another is given after a while. A status check or a reload that an
 * event causes keeps nobody signed in.
 */
function useSession(
  context: Context,
  { session, token }: { session: Session; token: Token },
): "kept" | "renewed" | "suspicion" {
  const { settings, ask, change } = context;
  const { now, isBackground } = ask;
  const isBound = session.device !== null;
  const isCurrent = token.replacedAt === null && !token.isNext;
  if (!isBound && token.replacedAt === null && token.isNext)
    change(() => takePlace(session, { token, now }));
  if (!isBackground && Math.abs(now - session.lastSeenAt) >= settings.maxAgeMs / 10) {
    change(() => {
      session.lastSeenAt = now;
      session.idleEndsAt = Math.min(now + settings.maxAgeMs, session.expiresAt);
    });
  }
  const isDue = Math.abs(now - session.renewedAt) >= settings.maxAgeMs / 2;
  const isAwaited = session.offeredAt !== null && Math.abs(now - session.offeredAt) < GRACE_MS;
  const mayRenew = !isBackground && ask.wish.kind !== "visit";
  const isRenewed = !isBound && isCurrent && mayRenew && isDue && !isAwaited;
  if (!isRenewed) return "kept";
  const offers = [...session.tokens.values()].filter(({ isNext }) => isNext).length;
  change(() => {
    session.offeredAt = now;
    if (offers >= MOST_OFFERS) return;
    const next = context.nextTokens.get(session.id) ?? `lost ${session.id} ${session.tokens.size}`;
    session.tokens.set(next, { replacedAt: null, isNext: true });
  });
  return offers >= MOST_OFFERS ? "suspicion" : "renewed";
}

/** A next value is shown for the first time: it takes the place of the current one and of its siblings. */
function takePlace(session: Session, { token, now }: { token: Token; now: number }): void {
  for (const one of session.tokens.values()) {
    one.isNext = false;
    if (one !== token) one.replacedAt ??= now;
  }
  session.renewedAt = now;
  session.offeredAt = null;
}

/** The session of the cookie, whatever its state. */
export function sessionOf({ state, ask }: Context): Session | null {
  if (ask.token === null) return null;
  for (const session of state.sessions.values()) {
    if (session.tokens.has(ask.token)) return session;
  }
  return null;
}

/** The session whose applications are visited: no other cookie counts there. */
function visitedSession({ state, ask: { access } }: Context): Session | null {
  if (access === null) return null;
  return state.sessions.values().find((session) => session.access === access) ?? null;
}

function currentTokenOf(session: Session | null): Token | undefined {
  return session?.tokens.values().find(({ replacedAt, isNext }) => replacedAt === null && !isNext);
}

/** A good answer for somebody. */
export function answerFor({ person, isRenewed }: Present): Answer {
  return { status: 200, cookie: isRenewed ? "given" : "kept", personId: person.id };
}

/** The refusal of a request; the cookie may be renewed all the same. */
export function refusePresent(
  present: Present,
  ...[status, code]: Parameters<typeof refuse>
): Answer {
  return { ...refuse(status, code), cookie: present.isRenewed ? "given" : "kept" };
}
