import { sql } from "drizzle-orm";
import * as sqlite from "drizzle-orm/sqlite-core";

import type { Columns } from "../schema/columns.ts";

/** SQLite's columns. */
export const SQLITE: Columns = {
  table: sqlite.sqliteTable,
  text: sqlite.text,
  number: (name) => sqlite.integer(name as string),
  flag: (name) => sqlite.integer(name as string, { mode: "boolean" }),
  json: (name) => sqlite.text(name as string, { mode: "json" }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  noCase: (text) => sql`${text} COLLATE NOCASE`,
};
