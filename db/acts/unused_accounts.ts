import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import {
  FIRST_UNUSED,
  type UnusedAccounts,
  type UnusedQuery,
} from "../contract/unused_accounts.ts";
import type { Statements } from "../statements/all.ts";
import type { PersonRows } from "../statements/person_rows.ts";
import { listSessions } from "./activity.ts";
import { recordEvent } from "./audit_log.ts";
import { removePerson } from "./people.ts";

/** So many accounts are looked at, and so many are found, at most: a deletion takes about 2 ms among 100,000 people. */
const MOST_SEEN = 100;
const MOST_FOUND = 4;

/** Finds the next accounts that nobody uses, and that may be deleted. */
export function* findUnusedAccounts(
  run: Statements,
  { before, after, now, policy }: UnusedQuery,
): Act<UnusedAccounts> {
  const seen = yield* run.listLongestUnused.all({ ...after, before, limit: MOST_SEEN });
  const userIds: string[] = [];
  for (const person of seen) {
    const { id: userId, disabledAt, googleDisabledAt, adminSince, signedInAt } = person;
    // Somebody disabled could sign up again.
    if (disabledAt !== null || googleDisabledAt !== null) continue;
    if (adminSince !== null || policy.admit(person).isAdmin) continue;
    if ((yield* listSessions(run, { userId, now })).length > 0) continue;
    userIds.push(userId);
    if (userIds.length === MOST_FOUND) return { userIds, next: { signedInAt, userId } };
  }
  const last = seen.at(MOST_SEEN - 1);
  return { userIds, next: last ? { signedInAt: last.signedInAt, userId: last.id } : FIRST_UNUSED };
}

/** Deletes them, each as if an administrator had done it. */
export function* deleteUnusedAccounts(
  run: Statements,
  { query, personRows }: { query: UnusedQuery; personRows: PersonRows },
  audit: AuditContext,
): Act<UnusedAccounts> {
  const found = yield* findUnusedAccounts(run, query);
  for (const userId of found.userIds) {
    const person = yield* run.findPerson.get({ userId });
    if (!person) continue;
    yield* removePerson(run, personRows, person);
    const event = { kind: "deleted", subjectId: userId, details: { method: "not_used" } } as const;
    yield* recordEvent(run, event, audit);
  }
  return found;
}
