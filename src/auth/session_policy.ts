import type { SessionRecord } from "../../db/contract/store.ts";

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  sessionMaxAgeMs: number;
  sessionLifetimeMs: number;
}

/**
 * What a request with a known session value means. `too_old`: ended or too long idle. `suspicion`: the value
 * was replaced, its successor is in use, and so two hold what one should. `alive`: the person is signed
 * in, and up to three things are to be written down.
 */
export type SessionVerdict = { state: "too_old" | "suspicion" } | Alive;

/** A session that goes on, and what is to be written down. */
export interface Alive {
  state: "alive";
  /** The value is a successor that is shown for the first time. */
  isFirstUse: boolean;
  /** The person was active, for the first time in a while. */
  isActivity: boolean;
  /** The session's next value may be given out. */
  mayRenew: boolean;
}

/** How long a replaced value stays good for requests under way, and an offered one is waited for. */
export const RENEWAL_GRACE_MS = 30_000;

/** How long after a sign-in a person may delete their account, in milliseconds. */
const RECENT_MS = 600_000;

/** Judges a session at the time `now`; a background request keeps nobody signed in. */
export function judgeSession(
  session: SessionRecord,
  { now, limits, isBackground }: { now: number; limits: SessionLimits; isBackground: boolean },
): SessionVerdict {
  const { sessionMaxAgeMs, sessionLifetimeMs } = limits;
  // The limits may have been lowered since the two ends were written.
  const isIdle = now >= session.idleEndsAt || now >= session.lastSeenAt + sessionMaxAgeMs;
  const isOld = now >= session.expiresAt || now >= session.createdAt + sessionLifetimeMs;
  if (isIdle || isOld) return { state: "too_old" };
  const { supersededAt, generation } = session.token;
  if (supersededAt !== null && now - supersededAt > RENEWAL_GRACE_MS) return { state: "suspicion" };
  const isDue = now - session.renewedAt >= sessionMaxAgeMs / 2;
  const isOffered = session.offeredAt !== null && now - session.offeredAt < RENEWAL_GRACE_MS;
  return {
    state: "alive",
    isFirstUse: generation > session.generation,
    isActivity: !isBackground && Math.abs(now - session.lastSeenAt) >= sessionMaxAgeMs / 10,
    mayRenew: !isBackground && isDue && !isOffered && generation === session.generation,
  };
}

/** When a session that is used now ends unless it is used again, in milliseconds since 1970. */
export function endOfSession(
  now: number,
  { expiresAt, sessionMaxAgeMs }: { expiresAt: number; sessionMaxAgeMs: number },
): number {
  return Math.min(now + sessionMaxAgeMs, expiresAt);
}

/** Whether a session is so new that the sign-in itself shows who is there. */
export function isRecent({ createdAt }: { createdAt: number }, now: number): boolean {
  return now - createdAt < RECENT_MS;
}
