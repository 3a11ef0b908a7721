import { Database } from "bun:sqlite";
import { closeSync, copyFileSync, openSync, rmSync, statSync } from "node:fs";

import type { Random } from "../../src/machine.ts";
import { auditWithoutActor } from "../contract/audit.ts";
import { checkExistingFile, DatabaseFileError, describeFailure } from "./check_file.ts";
import { nameFile, syncFile } from "./copy_file.ts";
import { migrate } from "./migrate.ts";
import { openSqlite } from "./open_sqlite.ts";
import { type VerifiedFile, verifyFile, verifyPages } from "./verify_file.ts";

/** What is restored, and where to. */
export interface RestoreOptions {
  backup: string;
  /** Nothing may be there. */
  target: string;
  now: () => number;
  random: Random;
  /** By how many milliseconds Google's clock may be ahead of this one. */
  clockToleranceMs: number;
  /** Is called between two steps; what it throws ends it, and nothing is left. */
  nextStep: (step: "copying" | "verifying") => Promise<void>;
}

/** A file that was restored and verified. Times are in milliseconds since 1970. */
export interface Restored extends VerifiedFile {
  /** The time of the backup's last event, or `null` if it has none. */
  lastEventAt: number | null;
  endedSessions: number;
  /** ID tokens that Google issued until then are refused. */
  refuseTokensUntil: number;
  /** The migrations that the backup had lacked. */
  applied: string[];
}

/**
 * Copies a backup to where no file is, migrates the copy, ends all sessions in it and verifies it; then it gets its
 * name. The backup stays as it is. Throws {@linkcode DatabaseFileError} for a backup that is not good, and the error of
 * the system for a target that cannot be written.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, target, random, nextStep } = options;
  const part = `${target}.part`;
  requireClosed(backup);
  await nextStep("copying");
  closeSync(openSync(part, "wx", 0o600));
  try {
    copyFileSync(backup, part);
    await nextStep("verifying");
    const applied = migrateCopy(part);
    const finished = await finish(part, options);
    const verified = await verifyFile(part, random);
    await nextStep("verifying");
    syncFile(part);
    nameFile(part, target);
    return { ...verified, ...finished, applied };
  } catch (error) {
    throw error instanceof DatabaseFileError ? new DatabaseFileError(backup, error.reason) : error;
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(part + suffix, { force: true });
  }
}

/** What stands in a write-ahead log is not in the file. */
function requireClosed(backup: string): void {
  checkExistingFile(backup);
  const log = statSync(`${backup}-wal`, { throwIfNoEntry: false });
  if (!log || log.size === 0) return;
  throw new DatabaseFileError(
    backup,
    "it is in use, or was not closed: it has a write-ahead log beside it. Make a backup of it: foyer backup",
  );
}

function openAlone(path: string): Database {
  const database = new Database(path, { readwrite: true, strict: true });
  // A write-ahead log would be a second file.
  database.run("PRAGMA journal_mode = DELETE");
  // Nobody needs a file that was not finished, and a finished one is synced as a whole.
  database.run("PRAGMA journal_mode = MEMORY");
  database.run("PRAGMA synchronous = OFF");
  database.run("PRAGMA secure_delete = ON");
  return database;
}

function migrateCopy(part: string): string[] {
  try {
    using database = openAlone(part);
    verifyPages(database);
    return migrate(database, null).applied;
  } catch (error) {
    throw new DatabaseFileError(part, describeFailure(error));
  }
}

/** Nobody may go on with what had ended since the backup. */
async function finish(part: string, { now, random, clockToleranceMs }: RestoreOptions) {
  const openFile = (path: string) => {
    const database = openAlone(path);
    database.run("PRAGMA foreign_keys = ON");
    return database;
  };
  const store = openSqlite(part, { random, openFile });
  try {
    const [last] = await store.listEvents({ limit: 1 });
    const audit = auditWithoutActor(now());
    const refuseTokensUntil = audit.now + clockToleranceMs;
    const endedSessions = await store.finishRestore({ refuseTokensUntil }, audit);
    return { lastEventAt: last?.at ?? null, endedSessions, refuseTokensUntil };
  } finally {
    await store.close();
  }
}
