import type { Database } from "bun:sqlite";

import { type Migration, readMigrations } from "./read_migrations.ts" with { type: "macro" };

const MIGRATIONS: Migration[] = readMigrations("migrations");

/** How many migrations this Foyer knows: the `user_version` of its files. */
export const NEWEST_VERSION = MIGRATIONS.length;

/** Marks a file as Foyer's: "Foyr", as SQLite's `application_id`. */
export const APPLICATION_ID = 0x466f7972;

/**
 * Brings `database` to the newest schema, all or nothing; two processes may try at once. Throws an error that
 * says why the schema and the migrations do not fit together.
 */
export function migrate(database: Database): void {
  database
    .transaction(() => {
      const version = readNumber(database, "user_version");
      if (!isOurs(database)) throw new Error("it belongs to another program");
      if (version > NEWEST_VERSION) throw new Error("it was written by a newer Foyer");
      const missing = findMissing(readApplied(database, version), MIGRATIONS);
      if (missing.length === 0) return;
      for (const migration of missing) {
        for (const statement of migration.statements) database.run(statement);
        saveApplied(database, migration);
      }
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run(`PRAGMA user_version = ${NEWEST_VERSION}`);
    })
    .immediate();
}

/** A migration as a file remembers it. */
type Applied = Pick<Migration, "name" | "hash">;

/**
 * The migrations that are still to be applied. Throws if those that were applied are not the first ones, in
 * the same order and with the same SQL.
 */
export function findMissing(applied: Applied[], known: Migration[]): Migration[] {
  for (const [index, { name, hash }] of applied.entries()) {
    const expected = known[index];
    const isKnown = known.some((migration) => migration.name === name);
    if (!isKnown) throw new Error(`its migration ${name} is missing here`);
    if (expected?.name !== name) {
      throw new Error(`the migration ${expected?.name} comes before ${name}, which was applied`);
    }
    if (expected.hash !== hash) {
      throw new Error(`the migration ${name} was changed after it was applied`);
    }
  }
  return known.slice(applied.length);
}

/** What was applied, in order. A file of the time when migrations were only counted has the first `version`. */
function readApplied(database: Database, version: number): Applied[] {
  database.run(
    "CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)",
  );
  const read = database.query<Applied, []>("SELECT name, hash FROM migrations ORDER BY position");
  if (read.all().length === 0) {
    for (const migration of MIGRATIONS.slice(0, version)) saveApplied(database, migration);
  }
  return read.all();
}

function saveApplied(database: Database, { name, hash }: Applied): void {
  database.query("INSERT INTO migrations (name, hash) VALUES (?, ?)").run(name, hash);
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
