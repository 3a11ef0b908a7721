import type { Database } from "bun:sqlite";

import type { PostgresAddress } from "../../src/config/database.ts";
import type { CopiedTable } from "./copied_tables.ts";
import type { Clean } from "./read_rows.ts";
import type { RowDigest } from "./row_digest.ts";

/** What is copied, and where to. */
export interface CopyOptions {
  /** A SQLite file. It stays as it is. */
  source: string;
  target: PostgresAddress;
  /** Makes names storable that PostgreSQL refuses; `null` leaves every value as it is. */
  clean: Clean;
  /** Is told what is done next, and how far that is. What it throws ends the copy, and nothing is left. */
  nextStep: (step: "reading" | "writing" | "comparing", at: Progress) => Promise<void>;
}

/** How many rows of a table are done. */
export interface Progress {
  table: string;
  rows: number;
}

/** What a copy works with. */
export interface Copy extends Omit<CopyOptions, "source"> {
  database: Database;
  tables: CopiedTable[];
  /** What the rows of each table come to in the file. */
  digests: Map<string, RowDigest>;
}

/** The names of tables. */
export function namesOf(tables: readonly CopiedTable[]): string[] {
  return tables.map(({ name }) => name);
}

/** Nothing was copied. The message says why. */
export class CopyError extends Error {
  override readonly name = "CopyError";
}
