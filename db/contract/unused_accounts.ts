import type { AuditContext } from "./audit.ts";
import type { PeoplePolicy } from "./people.ts";

/** A place in the list of accounts, the longest unused first. */
export interface UnusedPosition {
  signedInAt: number;
  userId: string;
}

/** Selects the next accounts behind `after` that were last signed in to before `before`. */
export interface UnusedQuery {
  /** In milliseconds since 1970. */
  before: number;
  after: UnusedPosition;
  now: number;
  /** Says whose account is kept: that of an admin. */
  policy: PeoplePolicy;
}

/** Some unused accounts. */
export interface UnusedAccounts {
  userIds: string[];
  /** Where the next ones begin; the beginning of the list at its end. */
  next: UnusedPosition;
}

/** Storage of accounts that nobody uses. Administrators, disabled accounts and those with a session do not count. */
export interface UnusedAccountsStore {
  findUnusedAccounts(query: UnusedQuery): Promise<UnusedAccounts>;
  /** Deletes the accounts that the query finds, each with its event. */
  deleteUnusedAccounts(query: UnusedQuery, audit: AuditContext): Promise<UnusedAccounts>;
}

/** The beginning of the list. */
export const FIRST_UNUSED: UnusedPosition = { signedInAt: Number.MIN_SAFE_INTEGER, userId: "" };
