import type { AuditContext } from "./audit.ts";

/** What one security event from Google requires, for the user with this `sub`. */
export interface SecurityAct {
  sub: string | null;
  /** Google's event kind, for the audit log. */
  kind: string;
  /** End sessions that began before this time, in milliseconds since 1970. */
  endsSessionsBefore: number | null;
  /** Google disabled the account for a reason, or enabled it again (`lifted`); `null` changes nothing. */
  disables: { reason: string } | "lifted" | null;
}

/** A verified security event token. */
export interface SecurityEventDelivery {
  /** Its id. Each id is applied once. */
  jti: string;
  /** When Google issued it, in milliseconds since 1970. */
  issuedAt: number;
  acts: SecurityAct[];
}

/** Storage of Google's security events. */
export interface SecurityEventStore {
  /** Applies and records an event once. Returns the ids of the users it concerns. */
  applySecurityEvent(delivery: SecurityEventDelivery, audit: AuditContext): Promise<string[]>;
}
