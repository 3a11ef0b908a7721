import type { Database } from "bun:sqlite";

import type { CopiedColumn, CopiedTable } from "./copied_tables.ts";

/** The values of a row as PostgreSQL writes them as text, in the order of the table's columns. */
export type Row = (string | null)[];

/** A value that PostgreSQL cannot take. */
export interface Fault {
  table: string;
  /** The row, by its key, or by SQLite's number of it. */
  row: string;
  column: string;
  why: string;
}

/** A row, what of it cannot be copied, and how many of its values were cleaned. */
export interface ReadRow {
  values: Row;
  faults: Fault[];
  cleaned: number;
}

/** Makes a text storable, or leaves it as it is. */
export type Clean = ((text: string) => string) | null;

type Raw = null | bigint | number | string | Uint8Array;
type Selected = Record<string, Raw>;

const BATCH = 2000;

/** Reads a table in the order of its key, or of SQLite's numbers of the rows, in batches. */
export function* readRows(
  database: Database,
  { name, columns }: CopiedTable,
  clean: Clean,
): Generator<ReadRow[]> {
  const key = findKey(database, name);
  const list = new Set([...key, ...columns.map((column) => column.name)]);
  const select = database.prepare<Selected, []>(
    `SELECT ${[...list].map((column) => `${quote(column)} AS ${quote(column)}`).join(", ")} FROM "${name}" ORDER BY ${key.map(quote).join(", ")}`,
  );
  try {
    let batch: ReadRow[] = [];
    // One statement to the end: a key that is no good text could not be asked for again.
    for (const raw of select.iterate()) {
      batch.push(readRow(raw, { database, name, columns, clean, key }));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    select.finalize();
  }
}

/** The columns that tell a row: its key, or SQLite's number where it has one. */
function findKey(database: Database, name: string): string[] {
  const [table] = database.query("SELECT wr FROM pragma_table_list WHERE name = ?").values(name);
  if (Number(table?.[0]) === 0) return ["rowid"];
  const sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
  return database.query(sql).values(name).flat() as string[];
}

const quote = (column: string) => `"${column}"`;

interface RowContext extends CopiedTable {
  database: Database;
  clean: Clean;
  key: string[];
}

function readRow(raw: Selected, context: RowContext): ReadRow {
  const row: ReadRow = { values: [], faults: [], cleaned: 0 };
  for (const column of context.columns) {
    const value = raw[column.name] ?? null;
    const why = value === null ? null : findFault(value, column, { ...context, raw });
    const canClean = context.clean !== null && column.isName && typeof value === "string";
    if (why && canClean) row.cleaned += 1;
    else if (why) {
      const names = context.key.map((part) => `${part} ${nameValue(raw[part])}`).join(", ");
      row.faults.push({ table: context.name, row: names, column: column.name, why });
    }
    row.values.push(why && canClean ? (context.clean?.(value) ?? null) : write(value, column));
  }
  return row;
}

function nameValue(value: Raw | undefined): string {
  return typeof value === "bigint" ? String(value) : JSON.stringify(String(value));
}

function write(value: Raw, { kind }: CopiedColumn): string | null {
  if (value === null) return null;
  return kind === "flag" ? String(value === 1n) : String(value);
}

/** Why PostgreSQL cannot take a value; SQLite keeps any value in any column. */
function findFault(
  value: Exclude<Raw, null>,
  { name: column, kind }: CopiedColumn,
  { database, name, key, raw }: RowContext & { raw: Selected },
): string | null {
  if (kind === "number") return typeof value === "bigint" ? null : "is no whole number";
  if (kind === "flag") return value === 0n || value === 1n ? null : "is neither 0 nor 1";
  if (typeof value !== "string") return "is no text";
  if (value.includes("\0")) return "has the character U+0000";
  // It stands for what is no character, or for itself.
  if (!value.includes("\uFFFD")) return null;
  const isRow = key.map((part) => `"${part}" = ?`).join(" AND ");
  const [row] = database
    .query(`SELECT hex("${column}") FROM "${name}" WHERE ${isRow}`)
    .values(...key.map((part) => raw[part] ?? null));
  const isItself = String(row?.[0]) === Buffer.from(value).toString("hex").toUpperCase();
  return isItself ? null : "has bytes that are no UTF-8, such as half a character";
}
