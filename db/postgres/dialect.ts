import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/bun-sql";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";

import { createStatement } from "../act.ts";
import type { Dialect } from "../dialect.ts";
import { placeholder } from "../statements/placeholders.ts";
import { POSTGRES } from "./columns.ts";
import { matchPeople } from "./people_search.ts";
import { counterChanges, TABLES_IN_POSTGRES } from "./schema.ts";

const ACTIVITY = `"sessionId" text, "seenAt" bigint, now bigint, "idleEndsAt" bigint`;

/** What statements are built with. They belong to no connection until they run. */
export function createPostgresDialect(): Dialect {
  const { noCase } = POSTGRES;
  const dialect: Dialect = {
    // Acts and statements are written with SQLite's types. Drizzle's builders have the same methods for both.
    db: drizzle.mock() as unknown as BunSQLiteDatabase,
    tables: TABLES_IN_POSTGRES,
    statement: (build) => createStatement(() => build().prepare()),
    noCase,
    // As text: Bun would write a text as JSON once more. As an array: PostgreSQL looks for each in an index.
    isListed: (text, name) =>
      sql`${text} = any (array(select json_array_elements_text(${placeholder(name)}::text::json)))`,
    activityRows: (activities) =>
      sql`(select "sessionId" as session_id, "seenAt" as seen_at, now, "idleEndsAt" as idle_ends_at
        from json_to_recordset(${activities}::text::json) as (${sql.raw(ACTIVITY)})) as used`,
    unplanned: (value) => sql`${value}`,
    counted: sql`(select name, count from ${TABLES_IN_POSTGRES.counters} union all select name, change from ${counterChanges}) counted`,
    databaseBytes: sql`pg_database_size(current_database())`,
    // By its key: a row that changes moves within its table.
    position: ({ table }) =>
      sql<number>`(hashtextextended(json_build_array(${keyOf(table)})::text, 0) >> 11)`.mapWith(
        Number,
      ),
    matchPeople: (text) => matchPeople(text, dialect),
  };
  return dialect;
}

/** The primary key of a table; without one, the whole row. */
function keyOf(table: unknown): SQL {
  const { columns, primaryKeys } = getTableConfig(table as PgTable);
  const [key = columns.filter(({ primary }) => primary)] = primaryKeys.map((one) => one.columns);
  return key.length > 0 ? sql.join(key, sql`, `) : sql`${table}`;
}
