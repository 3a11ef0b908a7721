import type { Database } from "bun:sqlite";

import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

import type { AnyAppTable } from "../table.ts";
import { TABLES } from "../tables.ts";
import { DatabaseFileError } from "./check_file.ts";
import { SQLITE } from "./columns.ts";
import { TABLES_IN_SQLITE } from "./schema.ts";

const COLUMNS = `SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables
  JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`;

/**
 * Throws {@linkcode DatabaseFileError}, and closes the database, if a column is missing. Statements are prepared only
 * when they are needed.
 */
export function requireColumns(path: string, database: Database): void {
  const found = new Set(database.query(COLUMNS).values().flat());
  // An application may have none.
  const list: Record<string, AnyAppTable> = TABLES;
  const own: SQLiteTable[] = Object.values(list).map(({ define }) =>
    define(SQLITE, TABLES_IN_SQLITE),
  );
  for (const table of [...Object.values(TABLES_IN_SQLITE), ...own]) {
    for (const { name } of Object.values(getTableColumns(table))) {
      const column = `${getTableName(table)}.${name}`;
      if (found.has(column)) continue;
      database.close(true);
      const reason = `its tables do not match this version of Foyer: there is no ${column}`;
      throw new DatabaseFileError(path, reason);
    }
  }
}
