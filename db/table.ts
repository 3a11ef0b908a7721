import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

import type { Work } from "./act.ts";
import type { AuditContext } from "./contract/audit.ts";
import type { Dialect } from "./dialect.ts";
import type { Tables } from "./schema/all.ts";
import type { Columns } from "./schema/columns.ts";

/** What a table needs to open: what prepares its statements on an engine, and functions to run them. */
export interface TableContext extends Dialect {
  read<T>(work: Work<T>): Promise<T>;
  /**
   * Runs a query, or an act in one transaction. With the `audit` of a page's route, the person's right to it is asked
   * for again in there: they may have lost it since the request came.
   */
  write<T>(work: Work<T>, audit?: AuditContext): Promise<T>;
}

/** A table of the application. `Access` holds its operations. */
export interface AppTable<Table extends SQLiteTable, Access> {
  /** Declares its columns, once for both engines. They may refer to Foyer's tables. */
  define(columns: Columns, foyer: Tables): Table;
  open(context: TableContext, table: Table): Access;
  /** Columns with a user id. Their rows are part of the person's export and are deleted with the account. */
  personColumns?(table: Table): SQLiteColumn[];
  /** Adds demonstration data for `foyer seed`. Returns a sentence about what it added. */
  seed?(access: Access): Promise<string>;
}

/** A table of the application, with the types of its parts. */
export function appTable<Table extends SQLiteTable, Access>(
  table: AppTable<Table, Access>,
): AppTable<Table, Access> {
  return table;
}

/** A table with whatever types. */
export type AnyAppTable = AppTable<any, any>;

/** The operations of open tables, by the same names. */
export type OpenTables<List> = {
  [Name in keyof List]: List[Name] extends AppTable<infer _, infer Access> ? Access : never;
};

/** Opens each table of a list. Returns their operations by their names, and all columns with a user id. */
export function openTables<List extends Record<string, AnyAppTable>>(
  list: List,
  { columns, ...context }: TableContext & { columns: Columns },
): { tables: OpenTables<List>; personColumns: SQLiteColumn[] } {
  const defined = Object.entries(list).map(([name, appTable]) => {
    return { name, appTable, table: appTable.define(columns, context.tables) };
  });
  const open = defined.map(({ name, appTable, table }) => [name, appTable.open(context, table)]);
  return {
    tables: Object.fromEntries(open) as OpenTables<List>,
    personColumns: defined.flatMap(({ appTable, table }) => appTable.personColumns?.(table) ?? []),
  };
}
