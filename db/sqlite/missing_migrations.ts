import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";

import { checkFile, DatabaseFileError, describeFailure } from "./check_file.ts";
import { findPending } from "./migrate.ts";
import { openReadOnly } from "./open_read_only.ts";

/** The names of the migrations that the file at `path` lacks. Changes nothing. Throws {@linkcode DatabaseFileError}. */
export function findMissingMigrations(path: string): string[] {
  checkFile(path);
  try {
    using database = existsSync(path) ? openReadOnly(path) : new Database(":memory:");
    return findPending(database).map(({ name }) => name);
  } catch (error) {
    throw new DatabaseFileError(path, describeFailure(error));
  }
}
