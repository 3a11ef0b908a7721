import { Database, SQLiteError } from "bun:sqlite";
import { rmSync } from "node:fs";

import { checkFile, DatabaseFileError, describeFailure } from "./check_file.ts";
import { LONGEST_LOG } from "./checkpoints.ts";
import { copyBefore } from "./copy_before.ts";
import { findPending, migrate, type Migrated } from "./migrate.ts";

/** How long to wait for another process. Short, because waiting blocks this one. */
export const BUSY_TIMEOUT_MS = 500;

/** How long to wait while another process migrates the file: nobody is served yet. */
const MIGRATION_TIMEOUT_MS = 60_000;

/**
 * Opens and migrates the SQLite file at `path`, or `:memory:`. Creates a missing file. Close it with `close(true)`,
 * which finalizes the prepared statements: Drizzle finalizes none, and while one is left, the write-ahead log stays.
 */
export function openDatabaseFile(
  path: string,
  onMigrated?: (migrated: Migrated) => void,
): Database {
  const { database, ...migrated } = openAndMigrate(path);
  // A new file has no copy.
  if (migrated.copy) onMigrated?.(migrated);
  return database;
}

/** Does the same, and says what was migrated. Throws {@linkcode DatabaseFileError} if the file cannot be used. */
export function openAndMigrate(path: string): { database: Database } & Migrated {
  if (path !== ":memory:") checkFile(path);
  let database: Database | null = null;
  try {
    database = new Database(path, { create: true, readwrite: true, strict: true });
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    useWriteAheadLog(database);
    // A user disabled by an administrator stays disabled after a power cut.
    database.run("PRAGMA synchronous = FULL");
    database.run(`PRAGMA wal_autocheckpoint = ${LONGEST_LOG}`);
    // A person who was deleted is no longer in the file.
    database.run("PRAGMA secure_delete = ON");
    // 64 MiB (negative means KiB). With the default of 2 MiB, more than a few thousand sessions do not fit the cache.
    database.run("PRAGMA cache_size = -65536");
    database.run("PRAGMA foreign_keys = OFF");
    const migrated = migrateFile(database, path);
    database.run("PRAGMA foreign_keys = ON");
    return { database, ...migrated };
  } catch (error) {
    database?.close(true);
    throw new DatabaseFileError(path, describeFailure(error));
  }
}

/** Migrates an open file. Where nothing is missing, it takes no lock. */
function migrateFile(database: Database, path: string): Migrated {
  const pending = database.transaction(() => findPending(database)).deferred();
  if (pending.length === 0) return { applied: [], copy: null };
  let copy: string | null = null;
  try {
    database.run(`PRAGMA busy_timeout = ${MIGRATION_TIMEOUT_MS}`);
    return migrate(database, (name) => (copy = copyBefore(path, name)));
  } catch (error) {
    // Nothing was migrated.
    if (copy) rmSync(copy, { force: true });
    throw error;
  } finally {
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

/** Enables write-ahead logging. SQLite's busy timeout does not apply to this pragma, so this retries. */
function useWriteAheadLog(database: Database): void {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.run("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      const isBusy = error instanceof SQLiteError && error.code?.startsWith("SQLITE_BUSY");
      if (!isBusy || performance.now() > deadline) throw error;
      Bun.sleepSync(10);
    }
  }
}
