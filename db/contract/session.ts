/** A person with an account. */
export interface User {
  id: string;
  email: string;
  name: string;
  picture: string | null;
  hostedDomain: string | null;
  /** When an administrator disabled the account, or `null`. */
  disabledAt: number | null;
  /** When Google disabled it, or `null`. */
  googleDisabledAt: number | null;
  /** When the user got the admin role by the flag in the database, or `null`. */
  adminSince: number | null;
}

/** A session found by one of its tokens. Times are in milliseconds since 1970. */
export interface SessionRecord {
  id: string;
  user: User;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  idleEndsAt: number;
  generation: number;
  renewedAt: number;
  offeredAt: number | null;
  /** When an administrator ended it for good, or `null`. */
  endedByAdminAt: number | null;
  /** When the browser bound it to a key of its device, or `null`. */
  boundAt: number | null;
  /** How the person signed in to Google; `null`: Google did not say. */
  amr: readonly string[] | null;
  /** The token that was presented. */
  token: PresentedToken;
}

/** A session that was found without its tokens. */
export type FoundSession = Omit<SessionRecord, "token">;

/** How a session was found. */
export interface PresentedToken {
  generation: number;
  supersededAt: number | null;
  /** Until when the presented bound token proves the device, in milliseconds since 1970; `null` without one. */
  boundUntil: number | null;
}

/** What became of an offer. `never_presented`: so many were offered without effect that two may hold the session. */
export type TokenOffer = "offered" | "not_needed" | "never_presented";

/** One use of a session: when it was, and when idling ends the session then, in milliseconds since 1970. */
export interface Activity {
  sessionId: string;
  /** The last use before it, as the session was read. */
  seenAt: number;
  now: number;
  idleEndsAt: number;
}

/** How long an activity waits at most until it is written, in milliseconds. */
export const MAX_ACTIVITY_WAIT_MS = 5000;
