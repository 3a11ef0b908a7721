import type { Random } from "../../src/machine.ts";
import type { Act } from "../act.ts";
import { createWaitingActivity } from "../activity.ts";
import type { UnchainedEvent } from "../acts/audit_chain.ts";
import type { Dialect } from "../dialect.ts";
import { auditStatements } from "./audit.ts";
import { selectEvents } from "./audit_query.ts";
import { bindingStatements } from "./bindings.ts";
import { countStatements } from "./counts.ts";
import { endedTokenStatements } from "./ended_tokens.ts";
import { expiredStatements } from "./expired.ts";
import { fileMarkStatements } from "./file_marks.ts";
import { findSessionStatements } from "./find_session.ts";
import { googleAccountStatements } from "./google_accounts.ts";
import { invitationStatements } from "./invitations.ts";
import { ownEventStatements } from "./own_events.ts";
import { peopleStatements } from "./people.ts";
import { preparePeopleIds } from "./people_ids.ts";
import { peopleListStatements } from "./people_list.ts";
import { sessionStatements } from "./sessions.ts";
import { tokenStatements } from "./tokens.ts";
import { totalStatements } from "./totals.ts";
import { userStatements } from "./users.ts";
import { verifyAuditStatements } from "./verify_audit.ts";

/** Prepares every statement of the store, once. */
function prepare(dialect: Dialect) {
  return {
    ...userStatements(dialect),
    ...findSessionStatements(dialect),
    ...sessionStatements(dialect),
    ...tokenStatements(dialect),
    ...bindingStatements(dialect),
    ...endedTokenStatements(dialect),
    ...expiredStatements(dialect),
    ...peopleStatements(dialect),
    ...peopleListStatements(dialect),
    ...googleAccountStatements(dialect),
    ...invitationStatements(dialect),
    ...auditStatements(dialect),
    ...verifyAuditStatements(dialect),
    ...ownEventStatements(dialect),
    ...countStatements(dialect),
    ...fileMarkStatements(dialect),
    ...totalStatements(dialect),
    peopleIds: preparePeopleIds(dialect),
    selectEvents: selectEvents(dialect),
    matchPeople: dialect.matchPeople,
  };
}

/** The statements of one engine. */
export type PreparedStatements = ReturnType<typeof prepare>;

/** How an engine appends to the audit log. */
export interface EventLog {
  append(event: UnchainedEvent): Act<void>;
  /** Chains what was appended and is not in the chain yet. Run it before the chain is read or changed. */
  seal(): Act<void>;
  /** Keeps others from chaining until the act ends. Its first query, or it does not see what they have chained. */
  hold(): Act<void>;
}

/** Prepares what acts run: statements, the audit log, what waits, and where ids and salts come from. */
export function prepareStatements<Log extends EventLog>(
  dialect: Dialect,
  { random, createLog }: { random: Random; createLog: (run: PreparedStatements) => Log },
) {
  const run = prepare(dialect);
  return {
    ...run,
    ...createLog(run),
    random,
    activity: createWaitingActivity(),
    /** The events that this process has recorded, by the salted hashes of their details, until it reads them. */
    ownEvents: new Set<string>(),
  };
}

/** What acts run. */
export type Statements = ReturnType<typeof prepareStatements<EventLog>>;
