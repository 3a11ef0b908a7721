import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import type { Random } from "../../src/machine.ts";
import { auditStatements } from "./audit.ts";
import { selectEvents } from "./audit_query.ts";
import { bindingStatements } from "./bindings.ts";
import { countStatements } from "./counts.ts";
import { endedTokenStatements } from "./ended_tokens.ts";
import { fileMarkStatements } from "./file_marks.ts";
import { findSessionStatements } from "./find_session.ts";
import { googleAccountStatements } from "./google_accounts.ts";
import { invitationStatements } from "./invitations.ts";
import { ownEventStatements } from "./own_events.ts";
import { peopleStatements } from "./people.ts";
import { peopleListStatements, preparePeopleIds } from "./people_query.ts";
import { sessionStatements } from "./sessions.ts";
import { tokenStatements } from "./tokens.ts";
import { userStatements } from "./users.ts";
import { verifyAuditStatements } from "./verify_audit.ts";

/** What acts run: every statement of the store, prepared once (building one for each call costs 160 µs), and randomness. */
export function prepareStatements(db: BunSQLiteDatabase, random: Random) {
  return {
    random,
    /** The hashes of events that this process has recorded, until it looks for those of others. */
    ownEvents: new Set<string>(),
    ...userStatements(db),
    ...findSessionStatements(db),
    ...sessionStatements(db),
    ...tokenStatements(db),
    ...bindingStatements(db),
    ...endedTokenStatements(db),
    ...peopleStatements(db),
    ...peopleListStatements(db),
    ...googleAccountStatements(db),
    ...invitationStatements(db),
    ...auditStatements(db),
    ...verifyAuditStatements(db),
    ...ownEventStatements(db),
    ...countStatements(db),
    ...fileMarkStatements(db),
    peopleIds: preparePeopleIds(db),
    selectEvents: selectEvents(db),
  };
}

/** Prepared statements of one connection, and where ids and salts come from. */
export type Statements = ReturnType<typeof prepareStatements>;
