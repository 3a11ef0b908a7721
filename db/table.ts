import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { ActOrQuery } from "./act.ts";
import type { AuditContext } from "./contract/audit.ts";

/** What a table needs to open: Drizzle to prepare statements, and functions to run them. */
export interface TableContext {
  db: BunSQLiteDatabase;
  read<T>(act: ActOrQuery<T>): Promise<T>;
  /**
   * Runs an act in one transaction. With the `audit` of a page's route, the person's right to it is asked for again in
   * there: they may have lost it since the request came.
   */
  write<T>(act: ActOrQuery<T>, audit?: AuditContext): Promise<T>;
}

/** A table of the application. `Access` holds its operations. */
export interface AppTable<Access> {
  open(context: TableContext): Access;
  /** Columns with a user id. Their rows are part of the person's export and are deleted with the account. */
  personColumns?: SQLiteColumn[];
  /** Adds demonstration data for `foyer seed`. Returns a sentence about what it added. */
  seed?(access: Access): Promise<string>;
}

/** The operations of open tables, by the same names. */
export type OpenTables<List> = {
  [Name in keyof List]: List[Name] extends AppTable<infer Access> ? Access : never;
};

/** Opens each table of a list. */
export function openTables<List extends Record<string, AppTable<unknown>>>(
  list: List,
  context: TableContext,
): OpenTables<List> {
  const open = Object.entries(list).map(([name, table]) => [name, table.open(context)]);
  return Object.fromEntries(open) as OpenTables<List>;
}

/** All columns with a user id. */
export function personColumnsOf(
  list: Record<string, { personColumns?: SQLiteColumn[] }>,
): SQLiteColumn[] {
  return Object.values(list).flatMap(({ personColumns = [] }) => personColumns);
}
