import { Database } from "bun:sqlite";
import { rmSync, statSync } from "node:fs";

import type { Random } from "../../src/machine.ts";
import { checkExistingFile, DatabaseFileError, describeFailure } from "./check_file.ts";
import { copyTo, nameFile, syncFile } from "./copy_file.ts";
import { findPending } from "./migrate.ts";
import { type VerifiedFile, verifyFile } from "./verify_file.ts";

/** Where a backup is made from and to, and what it needs. */
export interface BackupOptions {
  /** The database file, which others may have open. */
  source: string;
  /** Nothing may be there. */
  target: string;
  now: () => number;
  random: Random;
  /** Is called between two steps; what it throws ends the backup, and nothing is left. */
  nextStep: (step: "copying" | "verifying") => Promise<void>;
}

/** A good backup: it was opened and verified. `at` is the moment that it shows, in milliseconds since 1970. */
export interface Backup extends VerifiedFile {
  at: number;
  bytes: number;
}

/**
 * Makes a backup while others read and write. The file gets its name once it was opened and verified. Throws
 * {@linkcode DatabaseFileError} for a file that cannot be backed up, and the error of the system for a target that
 * cannot be written.
 */
export async function makeBackup(options: BackupOptions): Promise<Backup> {
  const { source, target, now, nextStep } = options;
  const part = `${target}.part`;
  requireMigrated(source);
  await nextStep("copying");
  const at = now();
  copyFile(source, part);
  try {
    markAsBackup(part, at);
    await nextStep("verifying");
    const verified = await verifyCopy(part, options);
    await nextStep("verifying");
    syncFile(part);
    nameFile(part, target);
    return { ...verified, at, bytes: statSync(target).size };
  } finally {
    rmSync(part, { force: true });
  }
}

function copyFile(source: string, part: string): void {
  try {
    using database = new Database(source, { readwrite: true });
    copyTo(database, part);
  } catch (error) {
    const isDamaged = /^SQLITE_(?:CORRUPT|NOTADB)/.test((error as { code?: string }).code ?? "");
    throw isDamaged ? new DatabaseFileError(source, describeFailure(error)) : error;
  }
}

async function verifyCopy(part: string, { source, random }: BackupOptions): Promise<VerifiedFile> {
  try {
    return await verifyFile(part, random);
  } catch (error) {
    if (!(error instanceof DatabaseFileError)) throw error;
    throw new DatabaseFileError(source, `a copy of it is not good: ${error.reason}`);
  }
}

/** A backup must not migrate the file under a server of an older version. */
function requireMigrated(path: string): void {
  checkExistingFile(path);
  let pending: string | undefined;
  try {
    using database = new Database(path, { readwrite: true });
    pending = findPending(database)[0]?.name;
  } catch (error) {
    throw new DatabaseFileError(path, describeFailure(error));
  }
  if (!pending) return;
  throw new DatabaseFileError(
    path,
    `it lacks the migration ${pending}. Back it up with the version that it was written by, or run foyer migrate first`,
  );
}

/** So that a restored file knows of when its backup is. */
function markAsBackup(path: string, at: number): void {
  using database = new Database(path, { readwrite: true });
  // Nobody needs a file that was not finished, and a finished one is synced as a whole.
  database.run("PRAGMA journal_mode = MEMORY");
  database.run("PRAGMA synchronous = OFF");
  const sql = "INSERT OR REPLACE INTO file_marks (name, at) VALUES ('backup', ?)";
  database.query(sql).run(at);
}
