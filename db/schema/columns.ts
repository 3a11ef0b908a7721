import { type SQL, sql, type SQLWrapper } from "drizzle-orm";
import * as postgres from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

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

/** SQLite's. */
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

/** Compares and sorts bytes, as SQLite does, whatever the language of the database. */
const TEXT = 'text COLLATE "C"';

const text = postgres.customType<{ data: string }>({ dataType: () => TEXT });
const json = postgres.customType<{ data: unknown; driverData: string }>({
  dataType: () => TEXT,
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

/** PostgreSQL's, with SQLite's types. */
export const POSTGRES = {
  table: postgres.pgTable,
  // SQLite's second argument says only which texts there are.
  text: (name?: unknown) => (typeof name === "string" ? text(name) : text()),
  number: (name?: string) => postgres.bigint(name as string, { mode: "number" }),
  flag: (name?: string) => postgres.boolean(name as string),
  json: (name?: string) => json(name as string),
  index: postgres.index,
  uniqueIndex: postgres.uniqueIndex,
  primaryKey: postgres.primaryKey,
  noCase: (value: SQLWrapper) => sql`lower(${value})`,
} as unknown as Columns;
