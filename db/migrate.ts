import type { Database } from "bun:sqlite";

import { readMigrations } from "./read_migrations.ts" with { type: "macro" };

const MIGRATIONS = readMigrations();

/** How many migrations this Foyer knows: the `user_version` of its files. */
export const NEWEST_VERSION = MIGRATIONS.length;

/** Marks a file as Foyer's: "Foyr", as SQLite's `application_id`. */
export const APPLICATION_ID = 0x466f7972;

/** Brings `database` to the newest schema, all or nothing; two processes may try at once. */
export function migrate(database: Database): void {
  database
    .transaction(() => {
      const version = readVersion(database);
      if (version > NEWEST_VERSION) throw new Error("it was written by a newer Foyer");
      for (const statement of MIGRATIONS.slice(version).flat()) database.run(statement);
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run(`PRAGMA user_version = ${NEWEST_VERSION}`);
    })
    .immediate();
}

function readVersion(database: Database): number {
  const row = database.query("PRAGMA user_version").get() as { user_version: number };
  return row.user_version;
}
