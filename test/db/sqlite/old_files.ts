import { Database } from "bun:sqlite";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readMigrations } from "../../../db/read_migrations.ts";
import { NEWEST_VERSION } from "../../../db/sqlite/migrate.ts";

const FOLDER = join(import.meta.dir, "old_files");

/**
 * Files of every schema that ever landed, each written by the code of its day, by name: `v`, the file's `user_version`,
 * and what was new. `bun test/db/sqlite/write_old_file.ts NAME` writes one of the schema of today.
 */
export const OLD_FILES = readdirSync(FOLDER).map((name) => name.replace(".db.gz", ""));

/** Of a commit that was changed twenty minutes later, so it fits no version. */
export const UNFIT_FILE = "v4_first_account_and_record";

/** The file of today's schema. */
export const NEWEST_FILE = OLD_FILES.find((name) => versionOf(name) === NEWEST_VERSION) ?? "";

/** Writes the old file `name` to `path`. An application of one's own has never had the demonstration's table. */
export function unpackOldFile(name: string, path: string): void {
  writeFileSync(path, Bun.gunzipSync(readFileSync(join(FOLDER, `${name}.db.gz`))));
  if (readMigrations("app_migrations").some((known) => known.name === "0000_customers")) return;
  const database = new Database(path);
  const { count } = database
    .query<{ count: number }, []>(
      "SELECT count(*) count FROM sqlite_schema WHERE name = 'migrations'",
    )
    .get() ?? { count: 0 };
  if (count > 0) database.run("DELETE FROM migrations WHERE \"set\" = 'app'");
  database.close();
}

/** The `user_version` of the old file `name`. */
export function versionOf(name: string): number {
  return Number(/^v(\d+)_/.exec(name)?.[1]);
}
