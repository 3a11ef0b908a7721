import type { GoogleIdentity } from "../../src/auth/id_token.ts";
import type { AuditContext, AuditStore } from "./audit.ts";
import type { PeopleStore } from "./people.ts";
import type { SecurityEventStore } from "./security_event.ts";

/** A person who has an account here. */
export interface User {
  id: string;
  email: string;
  name: string;
  picture: string | null;
  hostedDomain: string | null;
  /** When an administrator disabled the account, or `null`. */
  disabledAt: number | null;
  /** When Google did, or `null`. */
  googleDisabledAt: number | null;
  /** Since when they are administrator by a flag of their own, or `null`. */
  adminSince: number | null;
}

/** A session as one of its values finds it. Every time is in milliseconds since 1970. */
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
  /** The value that found it. */
  token: { generation: number; supersededAt: number | null };
}

/** One sign-in: who, the session to begin, the one to end, and the nonce that is used up. */
export interface SignIn {
  identity: GoogleIdentity;
  /** The way in that was taken, in Google's words. */
  method: string;
  tokenHash: string;
  /** The hash of the session value that this browser had, if any. */
  previousTokenHash: string | null;
  nonceHash: string;
  nonceKeptUntil: number;
  expiresAt: number;
  idleEndsAt: number;
  /** Whether somebody who has no account yet needs an invitation, and may use one: Google vouches for the address. */
  invitation: "not_needed" | "needed" | "unusable";
}

/** What became of a sign-in; a refused one has changed nothing. */
export type SignInOutcome =
  | { signedIn: true; user: User; sessionId: string; endedUserId: string | null }
  | {
      signedIn: false;
      code: "nonce_reused" | "user_disabled" | "user_disabled_by_google" | "sign_up_closed";
    };

/** Why a session is ended that its owner did not end. */
export type SessionEnd = "too_old" | "suspicion" | "policy";

/** What the application asks of storage. Every method may throw {@linkcode DatabaseError}. */
export interface Store extends PeopleStore, AuditStore, SecurityEventStore {
  /** Creates or updates the user by `sub`, uses up the nonce, ends the browser's session and begins one. */
  signIn(signIn: SignIn, audit: AuditContext): Promise<SignInOutcome>;
  findSession(tokenHash: string): Promise<SessionRecord | null>;
  /** A session without a value of it. */
  findSessionById(sessionId: string): Promise<Omit<SessionRecord, "token"> | null>;
  /** Moves a session to the generation of a value that was shown for the first time. */
  acceptToken(token: { sessionId: string; generation: number; now: number }): Promise<void>;
  /** Gives a session a value of the next generation, unless one was given since `notSince`; says whether. */
  offerToken(offer: {
    sessionId: string;
    generation: number;
    hash: string;
    now: number;
    notSince: number;
  }): Promise<boolean>;
  recordActivity(activity: { sessionId: string; now: number; idleEndsAt: number }): Promise<void>;
  /** Ends a session; what is not just its time is recorded. */
  endSession(
    session: { sessionId: string; userId: string; why: SessionEnd },
    audit: AuditContext,
  ): Promise<void>;
  /** Ends the session that has this value, and says whose it was. */
  signOut(tokenHash: string, audit: AuditContext): Promise<{ userId: string } | null>;
  /** Deletes what has ended by `now`. */
  deleteExpired(now: number): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): void;
}

/** The database did not do what was asked; `message` has SQLite's code, never a value. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}
