import { and, asc, eq, getTableColumns, getTableName, gt } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about a person's rows in the application's tables, one pair for each column with a user id. */
export function preparePersonRows({ db, statement, position }: Dialect, columns: SQLiteColumn[]) {
  return columns.map((column) => {
    const isTheirs = eq(column, placeholder("userId"));
    const at = position(column);
    return {
      name: `${getTableName(column.table)}.${column.name}`,
      list: statement(() =>
        db
          .select({ position: at, row: getTableColumns(column.table) })
          .from(column.table)
          .where(and(isTheirs, gt(at, placeholder("after"))))
          .orderBy(asc(at))
          .limit(placeholder("limit")),
      ),
      remove: statement(() => db.delete(column.table).where(isTheirs)),
    };
  });
}

/** The result of {@linkcode preparePersonRows}. */
export type PersonRows = ReturnType<typeof preparePersonRows>;
