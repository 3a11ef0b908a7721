import type { AuditContext } from "./audit.ts";

/** What one security event from Google requires, for the user with this `sub`. */
export interface SecurityAct {
  sub: string | null;
  /** Google's event kind, for the audit log. */
  kind: string;
  /** End sessions that began before this time, or with an older ID token, in milliseconds since 1970. */
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
  /**
   * Applies and records an event once. Returns the ids of the users it concerns. An ID token that is not newer than an
   * event that ends sessions no longer signs anybody in, and an account that Google disabled stays so when it is deleted.
   */
  applySecurityEvent(delivery: SecurityEventDelivery, audit: AuditContext): Promise<string[]>;
}
