import type { Database } from "bun:sqlite";
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes what `database` holds to the new file `path`, while others read and write. It is to be synced afterwards.
 * SQLite's backup API would begin again with each write of another process, and would copy the pages that are free.
 */
export function copyTo(database: Database, path: string): void {
  closeSync(openSync(path, "wx", 0o600));
  try {
    const statement = database.prepare("VACUUM INTO ?");
    try {
      statement.run(path);
    } finally {
      statement.finalize();
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** Waits until what was written to `path`, a file or folder, is on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a file its name, and takes the place of what has that name. */
export function replaceFile(part: string, path: string): void {
  renameSync(part, path);
  syncFile(dirname(path));
}

/** Gives a file its name. Throws `EEXIST` if something has that name, which also another process may have made. */
export function nameFile(part: string, path: string): void {
  try {
    linkSync(part, path);
    unlinkSync(part);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // Not every file system has links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
    renameSync(part, path);
  }
  syncFile(dirname(path));
}
