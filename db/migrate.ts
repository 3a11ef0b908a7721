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
      const version = readNumber(database, "user_version");
      if (!isOurs(database)) throw new Error("it belongs to another program");
      if (version > NEWEST_VERSION) throw new Error("it was written by a newer Foyer");
      for (const statement of MIGRATIONS.slice(version).flat()) database.run(statement);
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run(`PRAGMA user_version = ${NEWEST_VERSION}`);
    })
    .immediate();
}

/** Whether a database is marked as Foyer's, or quite new; read through SQLite, which knows what is in the log. */
function isOurs(database: Database): boolean {
  const marks = ["application_id", "user_version", "schema_version"].map((name) =>
    readNumber(database, name),
  );
  return marks[0] === APPLICATION_ID || marks.every((mark) => mark === 0);
}

function readNumber(database: Database, pragma: string): number {
  const [row] = database.query(`PRAGMA ${pragma}`).values();
  return Number(row?.[0]);
}
