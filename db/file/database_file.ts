import { Database, SQLiteError } from "bun:sqlite";
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";

import { APPLICATION_ID, migrate, NEWEST_VERSION } from "./migrate.ts";

/** The file cannot be used. The message tells the operator why. The file is unchanged. */
export class DatabaseFileError extends Error {
  override readonly name = "DatabaseFileError";

  constructor(path: string, reason: string) {
    super(`Foyer cannot use the database file ${path}: ${reason}`);
  }
}

/** How long to wait for another process. Short, because waiting blocks this one. */
export const BUSY_TIMEOUT_MS = 500;
const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/**
 * Opens and migrates the SQLite file at `path`, or `:memory:`. Creates a missing file. Close it with `close(true)`,
 * which finalizes the prepared statements: Drizzle finalizes none, and while one is left, the write-ahead log stays.
 */
export function openDatabaseFile(path: string): Database {
  if (path !== ":memory:") checkFile(path);
  let database: Database | null = null;
  try {
    database = new Database(path, { create: true, readwrite: true, strict: true });
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    useWriteAheadLog(database);
    // A user disabled by an administrator stays disabled after a power cut.
    database.run("PRAGMA synchronous = FULL");
    database.run("PRAGMA foreign_keys = ON");
    // A person who was deleted is no longer in the file.
    database.run("PRAGMA secure_delete = ON");
    // 64 MiB (negative means KiB). With the default of 2 MiB, more than a few thousand sessions do not fit the cache.
    database.run("PRAGMA cache_size = -65536");
    migrate(database);
    return database;
  } catch (error) {
    database?.close(true);
    throw new DatabaseFileError(
      path,
      error instanceof SQLiteError ? (error.code ?? "") : (error as Error).message,
    );
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

/** Checks the file without SQLite, which would touch the `-wal` and `-shm` files. */
function checkFile(path: string): void {
  const stats = readStats(path);
  if (!stats) return requireWritable(path, dirname(path));
  if (!stats.isFile()) throw new DatabaseFileError(path, "it is not a file");
  // Root can write to a read-only file, but Foyer must not.
  if ((stats.mode & 0o222) === 0) throw new DatabaseFileError(path, "it is read-only");
  requireWritable(path, path);
  if (stats.size > 0) requireFoyerDatabase(path, readHeader(path));
}

function readStats(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new DatabaseFileError(
      path,
      code === "EACCES" ? "no permission to open its folder" : code,
    );
  }
}

function requireWritable(path: string, place: string): void {
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new DatabaseFileError(
      path,
      isMissing ? `the folder ${place} does not exist` : `${place} is read-only`,
    );
  }
}

/** @see https://www.sqlite.org/fileformat.html#the_database_header */
function requireFoyerDatabase(path: string, header: Buffer): void {
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw new DatabaseFileError(path, "it is not an SQLite database");
  }
  const schemaCookie = header.readUInt32BE(40);
  const version = header.readUInt32BE(60);
  const applicationId = header.readUInt32BE(68);
  if (schemaCookie !== 0 && applicationId !== APPLICATION_ID) {
    throw new DatabaseFileError(path, "it belongs to another program");
  }
  if (version > NEWEST_VERSION)
    throw new DatabaseFileError(path, "it was written by a newer version of Foyer");
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, "r");
  try {
    readSync(file, header);
  } finally {
    closeSync(file);
  }
  return header;
}
