import type { SQL, SQLWrapper } from "drizzle-orm";
import type * as sqlite from "drizzle-orm/sqlite-core";

/** How an engine declares tables. Every table is written once with it, and has SQLite's types on both engines. */
export interface Columns {
  table: typeof sqlite.sqliteTable;
  text: typeof sqlite.text;
  /** A whole number, such as a time in milliseconds since 1970. */
  number(name?: string): sqlite.SQLiteIntegerBuilderInitial<string>;
  flag(name?: string): sqlite.SQLiteBooleanBuilderInitial<string>;
  /** JSON in a column of text. */
  json(name?: string): sqlite.SQLiteTextJsonBuilderInitial<string>;
  index: typeof sqlite.index;
  uniqueIndex: typeof sqlite.uniqueIndex;
  primaryKey: typeof sqlite.primaryKey;
  /** A text as an index keeps it that ignores ASCII case. */
  noCase(text: SQLWrapper): SQL;
}
