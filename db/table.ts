import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Askable } from "./act.ts";

/** What an application's tables are opened with: Drizzle for statements, and two ways to ask them. */
export interface TableContext {
  db: BunSQLiteDatabase;
  read<T>(act: Askable<T>): Promise<T>;
  /** Runs an act in one transaction. */
  write<T>(act: Askable<T>): Promise<T>;
}

/** Tables of the application's own: what it may ask of them is `Access`. */
export interface AppTable<Access> {
  open(context: TableContext): Access;
  /** The columns that hold a person's id. Their rows join the person's export, and are deleted with the person. */
  personColumns?: SQLiteColumn[];
  /** Adds data for a trial, for `foyer seed`; says in a sentence what it added. */
  seed?(access: Access): Promise<string>;
}

/** What a list of tables gives when it is open, by the same names. */
export type OpenTables<List> = {
  [Name in keyof List]: List[Name] extends AppTable<infer Access> ? Access : never;
};

/** The columns that hold a person's id, of all tables in a list. */
export function personColumnsOf(
  list: Record<string, { personColumns?: SQLiteColumn[] }>,
): SQLiteColumn[] {
  return Object.values(list).flatMap(({ personColumns = [] }) => personColumns);
}
