import type { Database } from "bun:sqlite";

import { getTableName, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/bun-sqlite";

import { createStatement } from "../act.ts";
import type { Dialect } from "../dialect.ts";
import { placeholder } from "../statements/placeholders.ts";
import { SQLITE } from "./columns.ts";
import { matchPeople } from "./people_search.ts";
import { readPlainly } from "./read_plainly.ts";
import { TABLES_IN_SQLITE } from "./schema.ts";

/** What statements of a file are built with. */
export function createSqliteDialect(database: Database): Dialect {
  const { noCase } = SQLITE;
  const dialect: Dialect = {
    db: drizzle({ client: database }),
    tables: TABLES_IN_SQLITE,
    statement: (build) => createStatement(() => readPlainly(build().prepare())),
    noCase,
    isListed: (text, name) => sql`${text} in (select value from json_each(${placeholder(name)}))`,
    activityRows: (activities) =>
      sql`(select value ->> 'sessionId' as session_id, value ->> 'seenAt' as seen_at, value ->> 'now' as now, value ->> 'idleEndsAt' as idle_ends_at
        from json_each(${activities})) as used`,
    unplanned: (value) => sql`+${value}`,
    counted: sql`${TABLES_IN_SQLITE.counters}`,
    databaseBytes: sql`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
    position: ({ table }) => sql`${sql.identifier(getTableName(table))}.rowid`,
    matchPeople: (text) => matchPeople(text, dialect),
  };
  return dialect;
}
