import type { SessionRecord } from "./session.ts";

/** All kinds of events in the audit log. */
export const AUDIT_KINDS = [
  "signed_in",
  "signed_out",
  "session_ended",
  "sessions_ended",
  "session_ended_by_suspicion",
  "session_ended_by_policy",
  "session_bound",
  "binding_missing",
  "binding_refused",
  "policy_refusal",
  "site_refusal",
  "disabled",
  "enabled",
  "administrator_made",
  "administrator_unmade",
  "invited",
  "invitation_withdrawn",
  "deleted",
  "exported",
  "backed_up",
  "restored",
  "security_event",
] as const;

/** The kind of an event in the audit log. */
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who makes a change, when, and from where. */
export interface AuditContext {
  /** In milliseconds since 1970. */
  now: number;
  /** The user who acts, or `null`: Foyer itself, Google, or the command line. */
  actorId: string | null;
  /** The network of the request, or `""`. */
  network: string;
  /** The request's `User-Agent`, or `""`. */
  userAgent: string;
  /** Without it, the act needs no right of the actor's: Foyer itself, Google, the command line, a sign-in. */
  authority?: Authority;
}

/** The context of what Foyer itself or the command line does, `now` in milliseconds since 1970. */
export function auditWithoutActor(now: number): AuditContext {
  return { now, actorId: null, network: "", userAgent: "" };
}

/** By what right somebody acts. The store asks again in the transaction of the act. */
export interface Authority {
  sessionId: string;
  /** Why nobody may act with this session as it is now, or `null`. An act throws it, and changes nothing. */
  refusalOf(session: Omit<SessionRecord, "token"> | null): Error | null;
}

/** Details of an event. They can be erased without breaking the chain. */
export interface AuditDetails {
  /** The subject's name and address at that time. */
  name?: string;
  email?: string;
  /** The sign-in method, the code of a refusal, the kind of a security event, or why an account was deleted. */
  method?: string;
  /** The origin of a protected application. */
  site?: string;
  network?: string;
  userAgent?: string;
  /** How many sessions ended. */
  count?: number;
}

/** An event of the audit log. Erased details are `null`. */
export interface AuditEvent {
  seq: number;
  at: number;
  kind: AuditKind;
  actorId: string | null;
  subjectId: string | null;
  details: AuditDetails | null;
}

/** Selects events. The result begins with the newest. */
export interface AuditFilter {
  kind?: AuditKind;
  /** The subject or the actor. */
  personId?: string;
  /** The subjects or actors, or the exact address of somebody who may have no account. */
  people?: { ids: string[]; email: string | null };
  /** In milliseconds since 1970; `until` is exclusive. */
  since?: number;
  until?: number;
  /** A `seq`: selects only older events. */
  before?: number;
  /** A `seq`: selects the next newer events. */
  after?: number;
  limit: number;
}

/** Whether the audit log is unchanged. `fault` describes the first error. */
export type AuditVerdict =
  | {
      isWhole: true;
      events: number;
      erased: number;
      /** The time of the first event that is left, or `null`. */
      firstAt: number | null;
      head: string;
      forgottenUpTo: number;
    }
  | { isWhole: false; fault: string };

/** Storage of the audit log. */
export interface AuditStore {
  /** Lists events of the chain, and no others. */
  listEvents(filter: AuditFilter): Promise<AuditEvent[]>;
  /** The number of the last event that was ever recorded; 0 if there is none. */
  findLastSeq(): Promise<number>;
  /**
   * Verifies every row, its details, and the chain. No event since `keptSince` (milliseconds since 1970) may be
   * deleted; without it, any may be.
   */
  verifyAudit(keptSince?: number | null): Promise<AuditVerdict>;
  /** Deletes the events before `before` and counts them. Keeps the position in the chain where verification starts. */
  pruneAudit(before: number): Promise<number>;
  /** Records that the audit log was exported: once per person and hour. */
  recordExport(audit: AuditContext): Promise<void>;
  /** Adds to the day's refusal counts by code, for known and unknown people. */
  countRefusals(refusals: { counts: [code: string, count: number][]; now: number }): Promise<void>;
  /** Records that a person with a valid Google token was refused: once per person, code and hour. */
  recordRefusal(
    refusal: { sub: string; email: string; name: string; code: string },
    audit: AuditContext,
  ): Promise<void>;
  /** Records that a person was refused at a protected application: once per person, application and hour. */
  recordSiteRefusal(refusal: { userId: string; site: string }, audit: AuditContext): Promise<void>;
}
