import { SQLiteError } from "bun:sqlite";
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

import { APPLICATION_ID } from "./marks.ts";
import { NEWEST_VERSION } from "./migrate.ts";

/** The file cannot be used. The message tells the operator why. The file is unchanged. */
export class DatabaseFileError extends Error {
  override readonly name = "DatabaseFileError";
  /** Only what is wrong. */
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`Foyer cannot use the database file ${path}: ${reason}`);
    this.reason = reason;
  }
}

const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/** What SQLite and the system say, in words. */
const REASONS: [code: RegExp, reason: string][] = [
  [/^SQLITE_BUSY/, "another process is using it"],
  [/^SQLITE_(?:CORRUPT|NOTADB)/, "it is damaged"],
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/, "the disk is full"],
  [/^SQLITE_IOERR|^EIO|^EFBIG/, "reading or writing failed"],
  [/^SQLITE_CANTOPEN/, "it cannot be opened"],
  [/^EACCES|^EPERM/, "no permission"],
  [/^EROFS|^SQLITE_READONLY/, "it is read-only"],
  [/^ENOENT/, "it does not exist"],
];

/** Why a file operation failed, in words, with the code of SQLite or the system. */
export function describeFailure(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (!code) return message;
  const reason = REASONS.find(([pattern]) => pattern.test(code))?.[1];
  if (reason) return `${reason} (${code})`;
  return error instanceof SQLiteError && code === "SQLITE_ERROR" ? message : code;
}

/** Checks a file that is there or can be created, without SQLite, which would touch its `-wal` and `-shm` files. */
export function checkFile(path: string): void {
  const stats = readStats(path);
  if (!stats) return requireWritable(path, dirname(path));
  requireDatabase(path, { stats, mayBeNewer: false });
  // Root can write to a read-only file, but Foyer must not.
  if ((stats.mode & 0o222) === 0) throw new DatabaseFileError(path, "it is read-only");
  requireWritable(path, path);
}

/** Checks that a file of Foyer's is there, without SQLite. Reading it is enough. */
export function checkExistingFile(path: string, { mayBeNewer = false } = {}): void {
  const stats = readStats(path);
  if (!stats) throw new DatabaseFileError(path, "it does not exist");
  if (stats.isFile() && stats.size === 0) throw new DatabaseFileError(path, "it is empty");
  requireDatabase(path, { stats, mayBeNewer });
}

interface Found {
  stats: Stats;
  mayBeNewer: boolean;
}

function requireDatabase(path: string, { stats, mayBeNewer }: Found): void {
  if (!stats.isFile()) throw new DatabaseFileError(path, "it is not a file");
  if (stats.size === 0) return;
  const version = readVersion(path, readHeader(path));
  if (version <= NEWEST_VERSION || mayBeNewer) return;
  throw new DatabaseFileError(path, "it was written by a newer version of Foyer");
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
function readVersion(path: string, header: Buffer): number {
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw new DatabaseFileError(path, "it is not an SQLite database");
  }
  const schemaCookie = header.readUInt32BE(40);
  const applicationId = header.readUInt32BE(68);
  if (schemaCookie !== 0 && applicationId !== APPLICATION_ID) {
    throw new DatabaseFileError(path, "it belongs to another program");
  }
  return header.readUInt32BE(60);
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, header);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new DatabaseFileError(path, describeFailure(error));
  }
  return header;
}
