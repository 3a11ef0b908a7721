import type { AuditContext, AuditEvent } from "./audit.ts";

/** A session as its owner and an administrator see it. The id is not the token. */
export interface SessionSummary {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  /** The sign-in method: Google's `select_by`, or `link`. */
  method: string;
  userAgent: string;
  network: string;
}

/** A person as the admin page lists them. */
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

/** The orders of the list of people: by default names and addresses ascend, and times descend. */
export const PEOPLE_ORDERS = ["name", "email", "signed_in", "created"] as const;

export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** The filters of the list of people. */
export const PEOPLE_FILTERS = ["all", "active", "admins", "disabled"] as const;

export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

/** Up to this many people are taken, sorted and counted for a search, and for the list of administrators. */
export const MAX_FOUND = 1000;

/** Selects one page of people. */
export interface PeopleQuery {
  /** A part of the name or address, without regard to case and accents; "" for everybody. */
  search: string;
  filter: PeopleFilter;
  order: PeopleOrder;
  isReversed: boolean;
  /** How many people come before the page. */
  skip: number;
  limit: number;
  /** Addresses of configured administrators, in ASCII lower case. */
  configuredAdmins: ReadonlySet<string>;
}

/** One page of people, and how many there are. With `isCut`, there are more than {@linkcode MAX_FOUND} matches. */
export interface PeopleList {
  people: PersonSummary[];
  count: number;
  isCut: boolean;
}

/** How long an invitation is open. */
export const INVITATION_DAYS = 30;

/** An address that may create an account while sign-up is closed. Times are in milliseconds since 1970. */
export interface Invitation {
  email: string;
  invitedAt: number;
  expiresAt: number;
}

/** All data about a person. */
export interface PersonExport {
  person: PersonSummary & { sub: string; emailVerified: boolean; googleStatusAt: number | null };
  sessions: SessionSummary[];
  events: AuditEvent[];
  /** Rows of the application's own tables, by `table.column`. */
  tables: Record<string, Record<string, unknown>[]>;
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
  /** Ends one session of `userId`; `false` if there is no such active session. */
  endOwnSession(
    session: { userId: string; sessionId: string },
    audit: AuditContext,
  ): Promise<boolean>;
  /** Ends every session of `userId` except `exceptId`, and returns how many. */
  endSessionsOf(
    owner: { userId: string; exceptId: string | null },
    audit: AuditContext,
  ): Promise<number>;
  /** All data about `userId`. Records the export. */
  exportPerson(userId: string, audit: AuditContext): Promise<PersonExport | null>;
  deletePerson(act: PersonAct, audit: AuditContext): Promise<ActOutcome>;

  listPeople(query: PeopleQuery): Promise<PeopleList>;
  /** How many people each filter shows. */
  countPeople(configuredAdmins: ReadonlySet<string>): Promise<Record<PeopleFilter, number>>;
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
