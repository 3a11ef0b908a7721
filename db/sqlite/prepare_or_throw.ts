import type { Database } from "bun:sqlite";

import { DatabaseFileError } from "./check_file.ts";

/** Prepares every statement, which checks that the tables match the schema. Throws {@linkcode DatabaseFileError}. */
export function prepareOrThrow<T>(path: string, database: Database, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    database.close(true);
    const reason = `its tables do not match this version of Foyer: ${(error as Error).message}`;
    throw new DatabaseFileError(path, reason);
  }
}
