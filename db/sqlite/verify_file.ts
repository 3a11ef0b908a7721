import type { Database } from "bun:sqlite";

import type { Random } from "../../src/machine.ts";
import type { AuditVerdict } from "../contract/audit.ts";
import { checkExistingFile, DatabaseFileError, describeFailure } from "./check_file.ts";
import { findPending, requireFit } from "./migrate.ts";
import { openReadOnly } from "./open_read_only.ts";
import { openSqlite } from "./open_sqlite.ts";

/** What a verified file holds: its whole audit log, and the moment of the last good backup that it knows of. */
export interface VerifiedFile {
  audit: Extract<AuditVerdict, { isWhole: true }>;
  lastBackup: number | null;
}

/**
 * Opens a closed file without changing it, and verifies every page, the schema and the audit log. Throws
 * {@linkcode DatabaseFileError}, which says what is wrong.
 */
export async function verifyFile(path: string, random: Random): Promise<VerifiedFile> {
  checkExistingFile(path);
  verifySchema(path);
  const store = openSqlite(path, { random, openFile: openReadOnly });
  try {
    const audit = await store.verifyAudit();
    if (audit.isWhole) return { audit, lastBackup: await store.findLastBackup() };
    throw new DatabaseFileError(path, `its audit log is damaged. ${audit.fault}`);
  } finally {
    await store.close();
  }
}

/** Throws an error that says why, unless every page of a database is sound. */
export function verifyPages(database: Database): void {
  const [fault] = database.query("PRAGMA integrity_check(1)").values().flat();
  if (fault !== "ok") throw new Error(`it is damaged: ${String(fault)}`);
}

function verifySchema(path: string): void {
  try {
    using database = openReadOnly(path);
    verifyPages(database);
    const [missing] = findPending(database);
    if (missing) throw new Error(`it lacks the migration ${missing.name}`);
    requireFit(database);
  } catch (error) {
    throw new DatabaseFileError(path, describeFailure(error));
  }
}
