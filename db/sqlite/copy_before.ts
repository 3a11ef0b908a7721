import { Database } from "bun:sqlite";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { describeFailure } from "./check_file.ts";
import { copyTo, replaceFile, syncFile } from "./copy_file.ts";

/** What follows the name of the database file in the name of a copy from before a migration. */
const SUFFIX = /^\.before-\d{4}_[a-z0-9_]+(?:\.part(?:-journal)?)?$/;

/**
 * Copies the file at `path` beside it, as it is before the migration `name`, and returns the copy's path. It is made by
 * a connection of its own, while the one that migrates holds the write lock. A copy that an attempt before has left is
 * replaced. Throws an error that says why no copy could be made.
 */
export function copyBefore(path: string, name: string): string {
  const copy = `${path}.before-${name}`;
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  const source = new Database(path, { readonly: true });
  try {
    copyTo(source, part);
    syncFile(part);
    replaceFile(part, copy);
    return copy;
  } catch (error) {
    const size = `${Math.ceil(statSync(path).size / 1e6)} MB`;
    const reason = `${describeFailure(error)}; the copy takes up to ${size}`;
    throw new Error(`no copy could be made beside it before it is migrated: ${reason}`, {
      cause: error,
    });
  } finally {
    source.close();
  }
}

/** The copies from before migrations that are beside the database file at `path`. */
export function findCopiesBefore(path: string): string[] {
  const [folder, name] = [dirname(path), basename(path)];
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => entry.startsWith(name) && SUFFIX.test(entry.slice(name.length)))
    .map((entry) => join(folder, entry));
}
