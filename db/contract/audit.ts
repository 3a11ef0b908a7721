/** Every kind of change that is an event of the record. */
export const AUDIT_KINDS = [
  "signed_in",
  "signed_out",
  "session_ended",
  "sessions_ended",
  "session_ended_by_suspicion",
  "session_ended_by_policy",
  "policy_refusal",
  "disabled",
  "enabled",
  "administrator_made",
  "administrator_unmade",
  "invited",
  "invitation_withdrawn",
  "deleted",
  "exported",
  "security_event",
] as const;

/** What kind of change an event of the record is. */
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who brings a change about, when, and from where. */
export interface AuditContext {
  /** In milliseconds since 1970. */
  now: number;
  /** The user who acts, or `null`: Foyer itself, Google, or the command line. */
  actorId: string | null;
  /** The network that the request came from, and the browser in its own words; `""` if there was none. */
  network: string;
  userAgent: string;
}

/** What is known of an event beside its kind; can be erased without breaking the chain. */
export interface AuditDetails {
  /** The name and address of whom it concerns, at that time. */
  name?: string;
  email?: string;
  /** How: the way in of a sign-in, the code of a refusal, the kind of a security event. */
  method?: string;
  network?: string;
  userAgent?: string;
  /** How many, where it was more than one. */
  count?: number;
}

/** An event of the record; its details are `null` once they have been erased. */
export interface AuditEvent {
  seq: number;
  at: number;
  kind: AuditKind;
  actorId: string | null;
  subjectId: string | null;
  details: AuditDetails | null;
}

/** Which events are asked for: the newest first, those before `before`. */
export interface AuditFilter {
  kind?: AuditKind;
  /** Whom it concerns, or who did it. */
  personId?: string;
  /** From and until when, in milliseconds since 1970; the latter is not included. */
  since?: number;
  until?: number;
  /** A `seq`: only older ones. */
  before?: number;
  limit: number;
}

/** Whether the record is as it was written; `fault` says what is not. */
export type AuditVerdict =
  | { isWhole: true; events: number; erased: number; head: string; forgottenUpTo: number }
  | { isWhole: false; seq: number; fault: string };

/** What is asked of the record. */
export interface AuditStore {
  listEvents(filter: AuditFilter): Promise<AuditEvent[]>;
  /** Looks at every row, its details, and the chain between them. */
  verifyAudit(): Promise<AuditVerdict>;
  /** Forgets what happened before `before`, and leaves the place in the chain from which a check begins. */
  pruneAudit(before: number): Promise<number>;
  /** Records that the record itself was taken out. */
  recordExport(audit: AuditContext): Promise<void>;
  /** Adds to the day's counts of refusals by code, whoever was refused. */
  countRefusals(refusals: { counts: [code: string, count: number][]; now: number }): Promise<void>;
  /** Records that somebody whom Google vouches for was refused: once a person, code and hour. */
  recordRefusal(
    refusal: { sub: string; email: string; name: string; code: string },
    audit: AuditContext,
  ): Promise<void>;
}
