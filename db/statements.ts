import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { selectEvents } from "./audit_query.ts";
import { prepareAuditStatements } from "./audit_statements.ts";
import { prepareCountStatements } from "./count_statements.ts";
import { prepareCustomerStatements } from "./customer_statements.ts";
import { selectPeople } from "./people_query.ts";
import { preparePeopleStatements } from "./people_statements.ts";
import { prepareSessionStatements } from "./session_statements.ts";
import { prepareTokenStatements } from "./token_statements.ts";
import { prepareUserStatements } from "./user_statements.ts";

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
