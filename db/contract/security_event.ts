import type { AuditContext } from "./audit.ts";

/** What one of Google's security events asks for, about the user with this `sub`. */
export interface SecurityAct {
  sub: string | null;
  /** Google's kind of event, for the record. */
  kind: string;
  /** Sessions that began before this time end, in milliseconds since 1970. */
  endsSessionsBefore: number | null;
  /** Whether Google has disabled the account, with its reason, or enabled it again; `null` leaves that as it is. */
  disables: { reason: string } | "lifted" | null;
}

/** A security event token, verified. */
export interface SecurityEventDelivery {
  /** Its id, which counts once. */
  jti: string;
  /** When Google said so, in milliseconds since 1970. */
  issuedAt: number;
  acts: SecurityAct[];
}

/** What is done with Google's security events. */
export interface SecurityEventStore {
  /** Does what an event asks for and records it, once; answers with the users whom it concerns. */
  applySecurityEvent(delivery: SecurityEventDelivery, audit: AuditContext): Promise<string[]>;
}
