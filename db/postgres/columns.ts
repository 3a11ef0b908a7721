import { sql, type SQLWrapper } from "drizzle-orm";
import * as postgres from "drizzle-orm/pg-core";

import type { Columns } from "../schema/columns.ts";

/** Compares and sorts bytes, as SQLite does, whatever the language of the database. */
const TEXT = 'text COLLATE "C"';

const text = postgres.customType<{ data: string }>({ dataType: () => TEXT });
const json = postgres.customType<{ data: unknown; driverData: string }>({
  dataType: () => TEXT,
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

/** PostgreSQL's columns, with SQLite's types. */
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
