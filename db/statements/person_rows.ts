import { and, asc, eq, getTableColumns, getTableName, gt, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import { statement } from "../act.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about a person's rows in the application's tables, one pair for each column with a user id. */
export function preparePersonRows(db: BunSQLiteDatabase, columns: SQLiteColumn[]) {
  return columns.map((column) => {
    const isTheirs = eq(column, placeholder("userId"));
    const position = sql<number>`${column.table}.rowid`;
    return {
      name: `${getTableName(column.table)}.${column.name}`,
      list: statement(
        db
          .select({ position, row: getTableColumns(column.table) })
          .from(column.table)
          .where(and(isTheirs, gt(position, placeholder("after"))))
          .orderBy(asc(position))
          .limit(placeholder("limit")),
      ),
      remove: statement(db.delete(column.table).where(isTheirs)),
    };
  });
}

/** The result of {@linkcode preparePersonRows}. */
export type PersonRows = ReturnType<typeof preparePersonRows>;
