import { Database } from "bun:sqlite";
import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";

import { describeFailure } from "./check_file.ts";
import { isFoyerDatabase, readNumber } from "./marks.ts";
import { NEWEST_VERSION } from "./migrate.ts";

/** What a look at a database file from outside finds. Nothing is changed, created or migrated. */
export interface FileState {
  /** The permissions of the file, and whose it is. */
  mode: number;
  uid: number;
  bytes: number;
  freeBytes: number;
  canWrite: boolean;
}

/** What a look into a database file finds. */
export interface FileContent {
  isFoyers: boolean;
  /** How many migrations it is behind; below zero, a newer Foyer wrote it. */
  migrationsBehind: number;
  journalMode: string;
  /** The first thing that is damaged, or `null`. */
  damage: string | null;
  /** The moment that the last good backup shows, or `null`. */
  backupAt: number | null;
}

/** Looks at the file at `path` and its folder; `null` if it is not there. Throws the system's error. */
export function readFileState(path: string): FileState | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  const { mode, uid, size } = stats;
  const { bavail, bsize } = statfsSync(dirname(path));
  const canWrite = isWritable(path) && isWritable(dirname(path));
  return { mode: mode & 0o777, uid, bytes: size, freeBytes: bavail * bsize, canWrite };
}

/** Whether a file or a folder may be written to. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Looks into the file at `path`, also beside a running server. Returns why it cannot, in words. */
export function readFileContent(path: string): FileContent | string {
  let database: Database | null = null;
  try {
    database = new Database(path, { readonly: true, strict: true });
    return {
      isFoyers: isFoyerDatabase(database),
      migrationsBehind: NEWEST_VERSION - readNumber(database, "user_version"),
      journalMode: readText(database, "PRAGMA journal_mode"),
      damage: noneIfOk(readText(database, "PRAGMA quick_check(1)")),
      backupAt: readBackup(database),
    };
  } catch (error) {
    return describeFailure(error);
  } finally {
    database?.close();
  }
}

function readText(database: Database, sql: string): string {
  return String(database.query(sql).values()[0]?.[0]);
}

function noneIfOk(text: string): string | null {
  return text === "ok" ? null : text;
}

/** Files from before there were backups have no such table. */
function readBackup(database: Database): number | null {
  const hasMarks = database
    .query("SELECT 1 FROM sqlite_schema WHERE name = 'file_marks'")
    .values().length;
  if (!hasMarks) return null;
  const [row] = database.query("SELECT at FROM file_marks WHERE name = 'backup'").values();
  return row ? Number(row[0]) : null;
}
