import { Database } from "bun:sqlite";

import { checkExistingFile, DatabaseFileError, describeFailure } from "../sqlite/check_file.ts";
import { findPending, requireFit } from "../sqlite/migrate.ts";
import { verifyPages } from "../sqlite/verify_file.ts";

const BUSY_TIMEOUT_MS = 500;

/**
 * Opens a database file that nobody else has open, and keeps everybody else out until it is closed. It is read only.
 * Throws {@linkcode DatabaseFileError} if it is in use, of another version, or damaged.
 */
export function openSource(path: string): Database {
  checkExistingFile(path);
  let database: Database | null = null;
  try {
    // Numbers may be greater than JavaScript's.
    database = new Database(path, { readwrite: true, strict: true, safeIntegers: true });
    lock(database);
    database.run("PRAGMA query_only = ON");
    verifyPages(database);
    requireCurrent(database, path);
    requireFit(database);
    return database;
  } catch (error) {
    database?.close(true);
    throw error instanceof DatabaseFileError
      ? error
      : new DatabaseFileError(path, describeFailure(error));
  }
}

/** Also from those who only have it open: a server would write to it later, and its people would lose that. */
function lock(database: Database): void {
  try {
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("BEGIN EXCLUSIVE");
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
    throw new Error("another process is using it. Stop Foyer first", { cause: error });
  }
}

function requireCurrent(database: Database, path: string): void {
  const [missing] = findPending(database);
  if (!missing) return;
  throw new Error(
    `it lacks the migration ${missing.name}. Run DATABASE_URL=file:${path} foyer migrate first`,
  );
}

/** The tables with rows that are not copied: Foyer does not know them. */
export function findOtherTables(database: Database, known: readonly string[]): string[] {
  const names = database
    .query<{ name: string }, []>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name",
    )
    .all()
    .map(({ name }) => name);
  const others = names.filter((name) => !name.startsWith("sqlite_") && !known.includes(name));
  return others.filter((name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    return database.query(`SELECT 1 FROM ${quoted} LIMIT 1`).values().length > 0;
  });
}
