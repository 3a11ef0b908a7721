import type { AuditContext } from "./audit.ts";

/** What a session's device is known by. */
export interface SessionBinding {
  /** Signs the session's challenges. */
  secret: string;
  /** The public key (a JWK), or `null` while the session is not bound. */
  key: JsonWebKey | null;
  /** When the newest challenge was made that the device has answered, in milliseconds since 1970, or `null`. */
  challengedAt: number | null;
}

/** A short-lived token of a bound session, by its hash. `expiresAt` is in milliseconds since 1970. */
export interface BoundToken {
  sessionId: string;
  hash: string;
  expiresAt: number;
}

/** Storage of what binds sessions to devices. */
export interface BindingStore {
  /** `null` if the session was never offered a binding. */
  findBinding(sessionId: string): Promise<SessionBinding | null>;
  /** Binds a session to a key, with an event; `false` if it is bound to another key, or over. */
  bindSession(
    binding: BoundToken & { userId: string; key: JsonWebKey },
    audit: AuditContext,
  ): Promise<boolean>;
  /**
   * Saves the next token of a device that has answered the challenge of the time `challengedAt`; `false` if it has
   * answered a newer one.
   */
  renewBinding(renewal: BoundToken & { challengedAt: number; now: number }): Promise<boolean>;
  /** Records that a bound session was used without its device, or with a wrong proof: once per session and hour. */
  recordBindingFault(
    fault: { sessionId: string; userId: string; kind: "binding_missing" | "binding_refused" },
    audit: AuditContext,
  ): Promise<boolean>;
}
