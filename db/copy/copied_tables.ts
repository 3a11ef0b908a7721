import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

import { SQLITE } from "../sqlite/columns.ts";
import { TABLES_IN_SQLITE } from "../sqlite/schema.ts";
import type { AnyAppTable } from "../table.ts";
import { TABLES } from "../tables.ts";

/** A table that is copied. Its name and columns are the same on both engines. */
export interface CopiedTable {
  name: string;
  columns: CopiedColumn[];
}

/** A column, and what its values are. */
export interface CopiedColumn {
  name: string;
  kind: "number" | "flag" | "text";
  /** Its text may be cleaned: it is a name for people, and nothing refers to it or hashes it. */
  isName: boolean;
}

/** Texts that come from Google, browsers and people. The details of events are not among them: their hash counts. */
const NAMES: Record<string, string[]> = {
  users: ["email", "name", "picture", "hosted_domain"],
  sessions: ["user_agent"],
  audit_details: ["email"],
};

/** Every table that is copied: Foyer's, and the application's. */
export function listCopiedTables(): CopiedTable[] {
  // When the last backup of a file was made says nothing about a PostgreSQL, and a PostgreSQL counts by itself.
  const { fileMarks: _, counters: __, ...foyers } = TABLES_IN_SQLITE;
  const applications: AnyAppTable[] = Object.values(TABLES);
  return [
    ...Object.values(foyers).map(describe),
    ...applications.map((table) => describe(table.define(SQLITE, TABLES_IN_SQLITE))),
  ];
}

function describe(table: SQLiteTable): CopiedTable {
  const name = getTableName(table);
  const columns = Object.values(getTableColumns(table)).map((column) => ({
    name: column.name,
    kind: KINDS[column.dataType] ?? "text",
    isName: NAMES[name]?.includes(column.name) ?? false,
  }));
  return { name, columns };
}

const KINDS: Record<string, CopiedColumn["kind"]> = { number: "number", boolean: "flag" };
