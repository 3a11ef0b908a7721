import type { Database } from "bun:sqlite";

import { type Migration, readMigrations } from "./read_migrations.ts" with { type: "macro" };

/** Foyer's migrations and those of the application's tables. Each set has its own order. */
const FOYER: Migration[] = readMigrations("migrations");
const APP: Migration[] = readMigrations("app_migrations");

/** Early versions of Foyer stored only a count of migrations, in this order. */
const COUNTED: [set: "foyer" | "app", name: string][] = [
  ["foyer", "0000_init"],
  ["foyer", "0001_select_by"],
  ["app", "0000_customers"],
  ["foyer", "0002_account_and_record"],
];

/** The `user_version` that this version of Foyer writes. It refuses files with a greater one. */
export const NEWEST_VERSION = 10 + FOYER.length;

/** Marks a file as Foyer's: "Foyr", as SQLite's `application_id`. */
export const APPLICATION_ID = 0x466f7972;

/**
 * Applies the missing migrations in one transaction; two processes may try at once. Throws an error that says
 * why the schema does not match the migrations.
 */
export function migrate(database: Database): void {
  database
    .transaction(() => {
      const version = readNumber(database, "user_version");
      if (!isFoyerDatabase(database)) throw new Error("it belongs to another program");
      if (version > NEWEST_VERSION) throw new Error("it was written by a newer version of Foyer");
      if (!hasMigrationsTable(database)) createMigrationsTable(database, version);
      const sets = { foyer: FOYER, app: APP };
      for (const [set, known] of Object.entries(sets)) applyMissing(database, { set, known });
      if (version === NEWEST_VERSION) return;
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run(`PRAGMA user_version = ${NEWEST_VERSION}`);
    })
    .immediate();
}

/** A migration as the database stores it. */
type Applied = Pick<Migration, "name" | "hash">;

/**
 * The migrations of a set that are not applied yet. Throws unless the applied ones are the first of `known`, in
 * the same order and with the same SQL.
 */
export function findMissing(applied: Applied[], known: Migration[]): Migration[] {
  for (const [index, { name, hash }] of applied.entries()) {
    const expected = known[index];
    const isKnown = known.some((migration) => migration.name === name);
    if (!isKnown) throw new Error(`this version does not have its migration ${name}`);
    if (expected?.name !== name) {
      throw new Error(
        `the migration ${expected?.name} comes before ${name}, which is already applied`,
      );
    }
    if (expected.hash !== hash) {
      throw new Error(`the migration ${name} was changed after it was applied`);
    }
  }
  return known.slice(applied.length);
}

function applyMissing(
  database: Database,
  { set, known }: { set: string; known: Migration[] },
): void {
  const applied = database
    .query<Applied, [string]>('SELECT name, hash FROM migrations WHERE "set" = ? ORDER BY position')
    .all(set);
  for (const migration of findMissing(applied, known)) {
    for (const statement of migration.statements) database.run(statement);
    save(database, set, migration);
  }
}

function hasMigrationsTable(database: Database): boolean {
  return database.query("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== null;
}

/** Creates the table of applied migrations. An early file has the first `version` of {@linkcode COUNTED}. */
function createMigrationsTable(database: Database, version: number): void {
  database.run(
    'CREATE TABLE migrations (position INTEGER PRIMARY KEY, "set" TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL)',
  );
  for (const [set, name] of COUNTED.slice(0, version)) {
    const known = { foyer: FOYER, app: APP }[set].find((migration) => migration.name === name);
    if (known) save(database, set, known);
  }
}

function save(database: Database, set: string, { name, hash }: Applied): void {
  database
    .query('INSERT INTO migrations ("set", name, hash) VALUES (?, ?, ?)')
    .run(set, name, hash);
}

/** Whether a database is Foyer's or new. Asks SQLite, because the marks may still be in the write-ahead log. */
function isFoyerDatabase(database: Database): boolean {
  const marks = ["application_id", "user_version", "schema_version"].map((name) =>
    readNumber(database, name),
  );
  return marks[0] === APPLICATION_ID || marks.every((mark) => mark === 0);
}

function readNumber(database: Database, pragma: string): number {
  const [row] = database.query(`PRAGMA ${pragma}`).values();
  return Number(row?.[0]);
}
