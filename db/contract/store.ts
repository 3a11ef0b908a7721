import type { GoogleIdentity } from "../../src/auth/id_token.ts";
import type { AuditContext, AuditStore } from "./audit.ts";
import type { BackupStore } from "./backup.ts";
import type { BindingStore } from "./binding.ts";
import type { FiguresStore } from "./figures.ts";
import type { OtherProcessesStore } from "./other_processes.ts";
import type { PeopleStore } from "./people.ts";
import type { SecurityEventStore } from "./security_event.ts";
import type { Activity, FoundSession, SessionRecord, TokenOffer, User } from "./session.ts";
import type { SessionEnd, SessionEndStore } from "./session_end.ts";
import type { UnusedAccountsStore } from "./unused_accounts.ts";

/** One sign-in: the person, the session to begin, the session to end, and the nonce to use. */
export interface SignIn {
  identity: GoogleIdentity;
  /** The sign-in method: Google's `select_by`, or `link`. */
  method: string;
  tokenHash: string;
  /** The hash of the token for protected applications, or `null`. */
  accessHash: string | null;
  /** Signs challenges for a key of the browser's device; `null`: no binding is offered. */
  bindingSecret: string | null;
  /** The hash of the token that this browser had, or `null`. */
  previousTokenHash: string | null;
  /** When Google issued the ID token. */
  tokenIssuedAt: number;
  /** When Google last asked the person for a proof, in milliseconds since 1970, and which; `null`: it did not say. */
  authenticatedAt: number | null;
  amr: readonly string[] | null;
  nonceHash: string;
  nonceKeptUntil: number;
  expiresAt: number;
  idleEndsAt: number;
  /** Whether a new person needs an invitation. It is `unusable` when Google is not authoritative for the address. */
  invitation: "not_needed" | "needed" | "unusable";
}

/** The outcome of a sign-in. A refused sign-in changes nothing. */
export type SignInOutcome =
  | { signedIn: true; user: User; sessionId: string; endedUserId: string | null }
  | ({ signedIn: false } & SignInRefusal);

/** Why the database refuses a sign-in. `disabledAt` is in milliseconds since 1970. */
export type SignInRefusal =
  | { code: "user_disabled"; disabledAt: number }
  | {
      code:
        | "nonce_reused"
        | "nonce_expired"
        | "credential_revoked"
        | "user_disabled_by_google"
        | "sign_up_closed";
    };

/** Foyer's storage. Every asynchronous method may reject with {@linkcode DatabaseError}. */
export interface Store
  extends
    PeopleStore,
    AuditStore,
    BackupStore,
    BindingStore,
    SecurityEventStore,
    SessionEndStore,
    FiguresStore,
    OtherProcessesStore,
    UnusedAccountsStore {
  /** Creates or updates the user by `sub`, uses the nonce, ends the browser's old session and begins a new one. */
  signIn(signIn: SignIn, audit: AuditContext): Promise<SignInOutcome>;
  /** Finds a session by its token. `boundHash` is of the bound token that came with it. */
  findSession(tokenHash: string, boundHash?: string | null): Promise<SessionRecord | null>;
  /** Finds a session by its token for protected applications. */
  findSessionByAccess(accessHash: string): Promise<FoundSession | null>;
  /** Gives a session another token for protected applications. */
  setAccess(access: { sessionId: string; accessHash: string }): Promise<void>;
  /** Finds a session without its token. */
  findSessionById(sessionId: string): Promise<FoundSession | null>;
  /** Finds many sessions by one query, in no order. */
  findSessionsById(sessionIds: readonly string[]): Promise<FoundSession[]>;
  /** Moves a session to the generation of a token that was presented for the first time. */
  acceptToken(token: {
    sessionId: string;
    generation: number;
    hash: string;
    now: number;
  }): Promise<void>;
  /** Saves a token of the next generation, unless one was offered within `graceMs`. */
  offerToken(offer: {
    sessionId: string;
    generation: number;
    hash: string;
    now: number;
    graceMs: number;
  }): Promise<TokenOffer>;
  /**
   * Notes that a session is used, unless it has ended. Whoever asks this store sees it at once. It is written with the
   * next act on SQLite, before expired sessions are deleted, by `writeActivity`, or when the store is closed.
   */
  recordActivity(activity: Activity): Promise<void>;
  /** Writes the activity that waits. */
  writeActivity(): Promise<void>;
  /** Ends a session, and keeps the reason. Records the event unless the session expired. */
  endSession(
    session: { sessionId: string; userId: string; why: SessionEnd },
    audit: AuditContext,
  ): Promise<void>;
  /** Ends the session with this token and returns its user. */
  signOut(tokenHash: string, audit: AuditContext): Promise<{ userId: string } | null>;
  /** Deletes expired sessions, invitations, nonces and hashes. */
  deleteExpired(now: number): Promise<void>;
  /** Resolves if the database works. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A database operation failed. `message` has the engine's code, never a bound value. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}
