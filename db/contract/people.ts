import type { AuditContext, AuditEvent } from "./audit.ts";
import type { PeopleAfterQuery, PeopleList, PeopleQuery, PersonSummary } from "./people_list.ts";

/** A session as its owner and an administrator see it. The id is not the token. */
export interface SessionSummary {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  /** The sign-in method: Google's `select_by`, or `link`. */
  method: string;
  userAgent: string;
  network: string;
  /** When it was bound to a key of its device, or `null`. */
  boundAt: number | null;
  /** When and how the person signed in to Google before; `null`: Google did not say. */
  authenticatedAt: number | null;
  amr: readonly string[] | null;
}

/** How long an invitation is open. */
export const INVITATION_DAYS = 30;

/** An address that may create an account while sign-up is closed. Times are in milliseconds since 1970. */
export interface Invitation {
  email: string;
  invitedAt: number;
  expiresAt: number;
}

/** The beginning of all data about a person. Their events and the application's rows are read in batches. */
export interface PersonExport {
  person: PersonSummary & { sub: string; emailVerified: boolean; googleStatusAt: number | null };
  sessions: SessionSummary[];
}

/** Selects rows about a person in one of {@linkcode PeopleStore.personTables}, behind the position `after`. */
export interface PersonRowsQuery {
  userId: string;
  table: string;
  after: number;
  limit: number;
}

/** Selects the newest events about a person. `since` is in milliseconds since 1970. */
export interface OwnEventsQuery {
  userId: string;
  since: number;
  limit: number;
}

/** Totals, and the counts of recent days. */
export interface Counters {
  people: number;
  sessions: number;
  disabledByGoogle: number;
  days: { day: string; code: string; count: number }[];
}

/** The outcome of an act on a person. `unchanged` is not an error. */
export type ActOutcome = "done" | "unchanged" | "not_found" | "last_administrator";

/** Admission rules from the configuration. */
export interface PeoplePolicy {
  /** Addresses of configured administrators, in ASCII lower case. */
  configuredAdmins: ReadonlySet<string>;
  /** Whether the configuration admits a person, and whether it makes them an administrator. */
  admit(person: Pick<PersonSummary, "email" | "hostedDomain">): {
    mayEnter: boolean;
    isAdmin: boolean;
  };
}

/** An act on a person. With `policy`, the store keeps at least one administrator who may sign in. */
export interface PersonAct {
  userId: string;
  policy: PeoplePolicy;
}

/** Storage of people, their sessions and invitations. */
export interface PeopleStore {
  /** Active sessions, the most recently used first. */
  listSessions(owner: { userId: string; now: number }): Promise<SessionSummary[]>;
  /**
   * Ends one session of `userId`; `false` if there is no such active session. `thisId` is the session that asks for
   * it: its browser needs no reason.
   */
  endOwnSession(
    session: { userId: string; sessionId: string; thisId?: string },
    audit: AuditContext,
  ): Promise<boolean>;
  /** Ends every session of `userId` except `exceptId`, and returns how many. */
  endSessionsOf(
    owner: { userId: string; exceptId: string | null; thisId?: string },
    audit: AuditContext,
  ): Promise<number>;
  /** Ends every session of the next people, in the order of their ids; `last` is `null` if there are no more. */
  endAllSessions(
    next: { after: string; limit: number },
    audit: AuditContext,
  ): Promise<{ sessions: number; people: number; last: string | null }>;
  /** Events about `userId`, newest first, without who else acted and from where. */
  listOwnEvents(query: OwnEventsQuery): Promise<AuditEvent[]>;
  /** Begins an export of all data about `userId`. Records it, once an hour. */
  exportPerson(userId: string, audit: AuditContext): Promise<PersonExport | null>;
  /** What `userId` did, and what was done to them, newest first, without who else acted and from where. */
  listExportedEvents(query: {
    userId: string;
    before?: number;
    limit: number;
  }): Promise<AuditEvent[]>;
  /** The columns of the application's tables with a user id, as `table.column`. */
  personTables: readonly string[];
  /** Rows of the application's tables about a person. */
  listPersonRows(
    query: PersonRowsQuery,
  ): Promise<{ position: number; row: Record<string, unknown> }[]>;
  deletePerson(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;

  listPeople(query: PeopleQuery): Promise<PeopleList>;
  listPeopleAfter(query: PeopleAfterQuery): Promise<PersonSummary[]>;
  findPerson(userId: string): Promise<PersonSummary | null>;
  /** Finds people by exact address, ignoring ASCII case. */
  findPeopleByEmail(email: string): Promise<PersonSummary[]>;
  /** Disables an account and ends all its sessions for good. */
  disable(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  enable(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  /** Gives a person the admin role with a flag in the database. */
  addAdmin(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  removeAdmin(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  /** Open invitations, by address. */
  listInvitations(now: number): Promise<Invitation[]>;
  /** Invites an address in ASCII lower case; `false` if it has an open invitation. */
  invite(email: string, audit: AuditContext): Promise<boolean>;
  /** Revokes an open invitation; `false` if there is none. */
  revokeInvitation(email: string, audit: AuditContext): Promise<boolean>;
  readCounters(time: { now: number; sinceDay: string }): Promise<Counters>;
}
