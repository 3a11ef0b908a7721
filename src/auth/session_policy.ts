import type { SessionRecord } from "../../db/contract/session.ts";

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  sessionMaxAgeMs: number;
  sessionLifetimeMs: number;
}

/**
 * What a request with a known session token means. `idle`: nobody has used the session for too long. `too_old`: its
 * lifetime is over. `suspicion`: the token was rotated and its successor is in use, so two parties hold a copy. `alive`: the
 * person is signed in, and up to three changes must be stored.
 */
export type SessionVerdict = { state: "idle" | "too_old" | "suspicion" } | Alive;

/** A session that continues, and the changes that must be stored. */
export interface Alive {
  state: "alive";
  /** The token is a successor, presented for the first time. */
  isFirstUse: boolean;
  /** The person is active, and the last activity was not stored recently. */
  isActivity: boolean;
  /** The session's next token may be offered. */
  mayRotate: boolean;
}

/** How long a rotated token stays valid for requests in flight, and how long an offered token may be unused. */
export const ROTATION_GRACE_MS = 30_000;

/** How long a bound token proves the device, in milliseconds. Browsers refuse to renew one more often. */
export const BOUND_AGE_MS = 600_000;

/** How much longer a bound token is good here than in the browser: a request may be under way. */
export const BOUND_SLACK_MS = 5000;

/** How long after a sign-in a person may delete their account, in milliseconds. */
const RECENT_MS = 600_000;

/**
 * Until when the device of a bound session is proved, in milliseconds since 1970; `null` if the session is not bound.
 * What was under way when it was bound needs no proof.
 */
export function endOfProof({ boundAt, token }: SessionRecord): number | null {
  if (boundAt === null) return null;
  return Math.max(boundAt + ROTATION_GRACE_MS, token.boundUntil ?? 0);
}

/** Whether a bound session is used without its device. A clock that was set back does not bring the grace back. */
export function isUnproved({ boundAt, token }: SessionRecord, now: number): boolean {
  if (boundAt === null || Math.abs(now - boundAt) < ROTATION_GRACE_MS) return false;
  return (token.boundUntil ?? 0) <= now;
}

/** Judges a session at the time `now`. A background request is not activity. */
export function judgeSession(
  session: SessionRecord,
  { now, limits, isBackground }: { now: number; limits: SessionLimits; isBackground: boolean },
): SessionVerdict {
  const { sessionMaxAgeMs } = limits;
  const { idleEnd, end } = endsOf(session, limits);
  // What came first has ended it.
  if (now >= Math.min(idleEnd, end)) return { state: idleEnd < end ? "idle" : "too_old" };
  const { supersededAt, generation } = session.token;
  const isActivity = !isBackground && Math.abs(now - session.lastSeenAt) >= sessionMaxAgeMs / 10;
  // The bound token is renewed instead. Whoever has an old token and not the device must not end the session.
  if (session.boundAt !== null) {
    return { state: "alive", isFirstUse: false, isActivity, mayRotate: false };
  }
  // A clock that was set back does not bring a token back.
  if (supersededAt !== null && Math.abs(now - supersededAt) > ROTATION_GRACE_MS)
    return { state: "suspicion" };
  const isDue = Math.abs(now - session.renewedAt) >= sessionMaxAgeMs / 2;
  const isOffered =
    session.offeredAt !== null && Math.abs(now - session.offeredAt) < ROTATION_GRACE_MS;
  const isCurrent = generation === session.generation && supersededAt === null;
  return {
    state: "alive",
    isFirstUse: generation > session.generation,
    isActivity,
    mayRotate: !isBackground && isDue && !isOffered && isCurrent,
  };
}

/** When idling ends the session, in milliseconds since 1970; `null` if its lifetime ends first, which no use puts off. */
export function endByIdling(session: SessionTimes, limits: SessionLimits): number | null {
  const { idleEnd, end } = endsOf(session, limits);
  return idleEnd < end ? idleEnd : null;
}

/** The times that decide when a session ends. */
type SessionTimes = Pick<SessionRecord, "idleEndsAt" | "lastSeenAt" | "expiresAt" | "createdAt">;

function endsOf(session: SessionTimes, limits: SessionLimits): { idleEnd: number; end: number } {
  // An operator may have lowered the limits since the two ends were stored.
  return {
    idleEnd: Math.min(session.idleEndsAt, session.lastSeenAt + limits.sessionMaxAgeMs),
    end: Math.min(session.expiresAt, session.createdAt + limits.sessionLifetimeMs),
  };
}

/** When a session that is used at `now` ends without further use, in milliseconds since 1970. */
export function endOfSession(
  now: number,
  { expiresAt, sessionMaxAgeMs }: { expiresAt: number; sessionMaxAgeMs: number },
): number {
  return Math.min(now + sessionMaxAgeMs, expiresAt);
}

/** Whether the sign-in is recent enough to prove who uses the session. */
export function isRecent({ createdAt }: { createdAt: number }, now: number): boolean {
  return now - createdAt < RECENT_MS;
}
