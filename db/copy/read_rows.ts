import type { Database } from "bun:sqlite";

import type { CopiedColumn, CopiedTable } from "./copied_tables.ts";

/** The values of a row as PostgreSQL writes them as text, in the order of the table's columns. */
export type Row = (string | null)[];

/** A value that PostgreSQL cannot take. */
export interface Fault {
  table: string;
  /** SQLite's number of the row. */
  rowid: string;
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

const BATCH = 2000;

/** Reads a table in the order in which its rows were written, in batches. */
export function* readRows(
  database: Database,
  { name, columns }: CopiedTable,
  clean: Clean,
): Generator<ReadRow[]> {
  const list = columns.map((column) => `"${column.name}"`).join(", ");
  const select = database.query<unknown, [bigint, number]>(
    `SELECT rowid, ${list} FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ?`,
  );
  // Numbers of rows begin at the least that there is.
  for (let last = -(2n ** 63n); ;) {
    const batch = select.values(last, BATCH) as [bigint, ...Raw[]][];
    const end = batch.at(-1);
    if (!end) return;
    last = end[0];
    yield batch.map((raw) => readRow(raw, { database, name, columns, clean }));
  }
}

interface RowContext extends CopiedTable {
  database: Database;
  clean: Clean;
}

function readRow([rowid, ...raw]: [bigint, ...Raw[]], context: RowContext): ReadRow {
  const row: ReadRow = { values: [], faults: [], cleaned: 0 };
  for (const [index, column] of context.columns.entries()) {
    const value = raw[index] ?? null;
    const why = value === null ? null : findFault(value, column, { ...context, rowid });
    const canClean = context.clean !== null && column.isName && typeof value === "string";
    if (why && canClean) row.cleaned += 1;
    else if (why) {
      row.faults.push({ table: context.name, rowid: `${rowid}`, column: column.name, why });
    }
    row.values.push(why && canClean ? (context.clean?.(value) ?? null) : write(value, column));
  }
  return row;
}

function write(value: Raw, { kind }: CopiedColumn): string | null {
  if (value === null) return null;
  return kind === "flag" ? String(value === 1n) : String(value);
}

/** Why PostgreSQL cannot take a value; SQLite keeps any value in any column. */
function findFault(
  value: Exclude<Raw, null>,
  { name: column, kind }: CopiedColumn,
  { database, name, rowid }: RowContext & { rowid: bigint },
): string | null {
  if (kind === "number") return typeof value === "bigint" ? null : "is no whole number";
  if (kind === "flag") return value === 0n || value === 1n ? null : "is neither 0 nor 1";
  if (typeof value !== "string") return "is no text";
  if (value.includes("\0")) return "has the character U+0000";
  // It stands for what is no character, or for itself.
  if (!value.includes("\uFFFD")) return null;
  const [row] = database
    .query(`SELECT hex("${column}") FROM "${name}" WHERE rowid = ?`)
    .values(rowid);
  const isItself = String(row?.[0]) === Buffer.from(value).toString("hex").toUpperCase();
  return isItself ? null : "has bytes that are no UTF-8, such as half a character";
}
