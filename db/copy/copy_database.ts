import type { Database } from "bun:sqlite";

import { migrateServer } from "../postgres/migrate.ts";
import { onServer } from "../postgres/on_server.ts";
import { listCopiedTables } from "./copied_tables.ts";
import { type Copy, CopyError, type CopyOptions, namesOf } from "./copy.ts";
import { findOtherTables, openSource } from "./open_source.ts";
import { type Fault, readRows } from "./read_rows.ts";
import { createRowDigest } from "./row_digest.ts";
import { requireEmpty } from "./target.ts";
import { transfer } from "./transfer.ts";

/** What was copied. */
export interface Copied {
  /** The number of rows of each table. */
  rows: Record<string, number>;
  /** The number and the hash of the last event in its audit log; none is 0 and empty. */
  head: { seq: number; hash: string };
  /** How many names were cleaned. */
  cleaned: number;
  /** Tables that nobody declares, which have stayed in the file. */
  left: string[];
}

/** What belongs to the file itself: its migrations, its last backup, SQLite's index for the search, what triggers count. */
const OWN = ["file_marks", "migrations", "people_search_rows", "counters"];

const NAMED_FAULTS = 20;

/**
 * Copies a SQLite file into an empty PostgreSQL, which it migrates, in one transaction: completely, every row read back
 * and compared, or not at all. Throws {@linkcode CopyError}, `DatabaseFileError` or `DatabaseServerError`.
 */
export async function copyDatabase({ source, ...options }: CopyOptions): Promise<Copied> {
  const tables = listCopiedTables();
  const database = openSource(source);
  try {
    const copy: Copy = { ...options, database, tables, digests: new Map() };
    await onServer(options.target, (sql) => requireEmpty(sql, namesOf(tables)));
    const cleaned = await readAll(copy);
    await migrateServer(options.target);
    await transfer(copy);
    const rows = tables.map(({ name }) => [name, copy.digests.get(name)?.count ?? 0] as const);
    const left = findOtherTables(database, [...namesOf(tables), ...OWN]);
    return { rows: Object.fromEntries(rows), head: readHead(database), cleaned, left };
  } finally {
    database.close(true);
  }
}

/** Finds what cannot be copied before anything is written. Returns how many values are cleaned. */
async function readAll({ database, tables, digests, clean, nextStep }: Copy): Promise<number> {
  const faults: Fault[] = [];
  let cleaned = 0;
  for (const table of tables) {
    const digest = createRowDigest();
    digests.set(table.name, digest);
    for (const batch of readRows(database, table, clean)) {
      await nextStep("reading", { table: table.name, rows: digest.count });
      for (const row of batch) {
        digest.add(row.values);
        faults.push(...row.faults);
        cleaned += row.cleaned;
      }
    }
  }
  if (faults.length > 0) throw new CopyError(describeFaults(faults));
  return cleaned;
}

function readHead(database: Database): Copied["head"] {
  const [row] = database.query("SELECT seq, hash FROM audit_marks WHERE name = 'head'").values();
  return { seq: Number(row?.[0] ?? 0), hash: String(row?.[1] ?? "") };
}

function describeFaults(faults: Fault[]): string {
  const lines = faults
    .slice(0, NAMED_FAULTS)
    .map(({ table, row, column, why }) => `  ${table}, ${row}: ${column} ${why}`);
  const more = faults.length > NAMED_FAULTS ? ["  …"] : [];
  const values = faults.length === 1 ? "1 value" : `${faults.length} values`;
  const cure = "--clean-names corrects names; correct other values in the file";
  return [`${values} cannot be copied (${cure}):`, ...lines, ...more].join("\n");
}
