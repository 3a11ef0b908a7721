import type { AuditContext, AuditEvent } from "./audit.ts";

/** A session as its owner and an administrator see it; its id is not its value. */
export interface SessionSummary {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  /** The way in that was taken, in Google's words. */
  method: string;
  userAgent: string;
  network: string;
}

/** Somebody as the desk lists them. */
export interface PersonSummary {
  id: string;
  name: string;
  email: string;
  picture: string | null;
  hostedDomain: string | null;
  createdAt: number;
  signedInAt: number;
  disabledAt: number | null;
  googleDisabledAt: number | null;
  googleDisabledReason: string | null;
  adminSince: number | null;
}

/** In which order the desk lists people: by name or address from A on, by time from the latest on. */
export const PEOPLE_ORDERS = ["name", "email", "signed_in", "created"] as const;

export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** A page of people: whose name or address begins with `query`, behind the place `after`. */
export interface PeopleQuery {
  query: string;
  order: PeopleOrder;
  after: { value: string | number; id: string } | null;
  limit: number;
}

/** Everything that is kept about a person. */
export interface PersonExport {
  person: PersonSummary & { sub: string; emailVerified: boolean; googleStatusAt: number | null };
  sessions: SessionSummary[];
  events: AuditEvent[];
  /** The rows of the application's own tables, by table and column. */
  tables: Record<string, Record<string, unknown>[]>;
}

/** How many there are, and what each of the last days brought. */
export interface Counters {
  people: number;
  sessions: number;
  days: { day: string; code: string; count: number }[];
}

/** What became of an administrator's act on a person; one that changed nothing is no mistake. */
export type ActOutcome = "done" | "unchanged" | "not_found" | "last_administrator";

/** What the settings say of people. */
export interface PeoplePolicy {
  /** Addresses of administrators, in ASCII lower case. */
  configuredAdmins: ReadonlySet<string>;
  /** Whether the settings let somebody in, and whether they make them an administrator. */
  admit(person: Pick<PersonSummary, "email" | "hostedDomain">): {
    mayEnter: boolean;
    isAdmin: boolean;
  };
}

/** An act on a person, and the settings: somebody who may enter and administer must remain. */
export interface PersonAct {
  userId: string;
  policy: PeoplePolicy;
}

/** What people ask about themselves, and what administrators ask about people. */
export interface PeopleStore {
  /** The sessions that go on, the one used last first. */
  listSessions(owner: { userId: string; now: number }): Promise<SessionSummary[]>;
  /** Ends one session of `userId`; `false` if they have no such session. */
  endOwnSession(
    session: { userId: string; sessionId: string },
    audit: AuditContext,
  ): Promise<boolean>;
  /** Ends every session of `userId` but `exceptId`, and says how many that were. */
  endSessionsOf(
    owner: { userId: string; exceptId: string | null },
    audit: AuditContext,
  ): Promise<number>;
  /** All that is kept about `userId`; the asking is recorded. */
  exportPerson(userId: string, audit: AuditContext): Promise<PersonExport | null>;
  deletePerson(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;

  listPeople(query: PeopleQuery): Promise<PersonSummary[]>;
  findPerson(userId: string): Promise<PersonSummary | null>;
  /** Finds people by their exact address, in any case. */
  findPeopleByEmail(email: string): Promise<PersonSummary[]>;
  /** Disables the account for an administrator, which ends every session for good. */
  disable(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  enable(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  /** Gives a person the admin role by a flag of their own. */
  addAdmin(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  removeAdmin(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;
  listInvitations(): Promise<{ email: string; invitedAt: number }[]>;
  /** Invites an address in ASCII lower case; `false` if it is invited already. */
  invite(email: string, audit: AuditContext): Promise<boolean>;
  /** Revokes an invitation; `false` if there is none. */
  revokeInvitation(email: string, audit: AuditContext): Promise<boolean>;
  readCounters(time: { now: number; sinceDay: string }): Promise<Counters>;
}
