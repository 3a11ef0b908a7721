import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { prepareAuditStatements } from "./audit.ts";
import { selectEvents } from "./audit_query.ts";
import { prepareCountStatements } from "./counts.ts";
import { prepareCustomerStatements } from "./customers.ts";
import { preparePeopleStatements } from "./people.ts";
import { selectPeople } from "./people_query.ts";
import { prepareSessionStatements } from "./sessions.ts";
import { prepareTokenStatements } from "./tokens.ts";
import { prepareUserStatements } from "./users.ts";

/** Every statement that the store runs, prepared once: built anew for each call, each would cost 160 µs. */
export function prepareStatements(database: Database) {
  const db = drizzle({ client: database });
  return {
    ...prepareUserStatements(db),
    ...prepareSessionStatements(db),
    ...prepareTokenStatements(db),
    ...prepareCustomerStatements(db),
    ...preparePeopleStatements(db),
    ...prepareAuditStatements(db),
    ...prepareCountStatements(db),
    selectPeople: selectPeople(db),
    selectEvents: selectEvents(db),
  };
}

/** The prepared statements of one connection. */
export type Statements = ReturnType<typeof prepareStatements>;
