import type { Database } from "bun:sqlite";

import { type Applied, findMissing, type Migration } from "../migrations.ts";
import { readMigrations } from "../read_migrations.ts" with { type: "macro" };
import { findSchemaFault } from "./expected_schema.ts";
import { APPLICATION_ID, isFoyerDatabase, readNumber } from "./marks.ts";

/** Foyer's migrations and those of the application's tables. Each set has its own order. */
const SETS = {
  foyer: readMigrations("sqlite/migrations"),
  app: readMigrations("app_migrations"),
} satisfies Record<string, Migration[]>;

type SetName = keyof typeof SETS;

/** Early versions of Foyer stored only a count of migrations, in this order. */
const COUNTED: [set: SetName, name: string][] = [
  ["foyer", "0000_init"],
  ["foyer", "0001_select_by"],
  ["app", "0000_customers"],
  ["foyer", "0002_account_and_record"],
];

/** The `user_version` that this version of Foyer writes. It refuses files with a greater one. */
export const NEWEST_VERSION = 10 + SETS.foyer.length;

/** What a migration has done: the names of the migrations, and where the copy from before is, or `null`. */
export interface Migrated {
  applied: string[];
  copy: string | null;
}

/** Copies the file as it is before the migration `name`, and returns where to. */
export type CopyBefore = (name: string) => string;

/** A migration that a file lacks, and its set. */
type Pending = { set: SetName } & Migration;

/** The migrations that a database lacks. Throws an error that says why Foyer cannot use it. */
export function findPending(database: Database): Pending[] {
  if (!isFoyerDatabase(database)) throw new Error("it belongs to another program");
  if (readNumber(database, "user_version") > NEWEST_VERSION) {
    throw new Error("it was written by a newer version of Foyer");
  }
  const applied = readApplied(database);
  return (["foyer", "app"] as const).flatMap((set) => {
    const ofSet = applied.filter((one) => one.set === set);
    return findMissing(ofSet, SETS[set]).map((migration) => ({ set, ...migration }));
  });
}

/**
 * Applies the missing migrations in one transaction: no version of Foyer fits what lies between two of them, so after a
 * power cut the file is the old one or the new one. Of two processes that try at once, one waits for the other. Foreign
 * keys must be off: dropping a table would delete what refers to it. Throws an error that says why a file does not fit.
 */
export function migrate(database: Database, copyBefore: CopyBefore | null): Migrated {
  return database
    .transaction(() => {
      const isNew = readNumber(database, "schema_version") === 0;
      const pending = findPending(database);
      if (!pending[0]) return { applied: [], copy: null };
      const copy = isNew || !copyBefore ? null : copyBefore(pending[0].name);
      prepareMigrationsTable(database);
      for (const migration of pending) apply(database, migration);
      if (!isNew) requireFit(database);
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run(`PRAGMA user_version = ${NEWEST_VERSION}`);
      return { applied: pending.map(({ name }) => name), copy };
    })
    .immediate();
}

/** Throws unless the tables are those that the migrations make, and every row has those that it refers to. */
export function requireFit(database: Database): void {
  const fault = findSchemaFault(database, (fresh) => void migrate(fresh, null));
  if (fault) throw new Error(`its ${fault} does not match this version of Foyer`);
  const [stray] = database.query("PRAGMA foreign_key_check").values();
  if (stray) throw new Error(`its table ${stray[0]} has a row that refers to a missing one`);
}

function apply(database: Database, { set, statements, ...migration }: Pending): void {
  try {
    for (const statement of statements) database.run(statement);
  } catch (error) {
    // A full disk or a lock is no fault of the tables.
    if ((error as { code?: string }).code !== "SQLITE_ERROR") throw error;
    const { message } = error as Error;
    throw new Error(`the migration ${migration.name} does not fit its tables (${message})`);
  }
  save(database, { set, ...migration });
}

function readApplied(database: Database): ({ set: string } & Applied)[] {
  if (hasMigrationsTable(database)) {
    const sql = 'SELECT "set", name, hash FROM migrations ORDER BY position';
    return database.query<{ set: string } & Applied, []>(sql).all();
  }
  const count = readNumber(database, "user_version");
  return COUNTED.slice(0, count).flatMap(([set, name]) =>
    SETS[set].filter((known) => known.name === name).map(({ hash }) => ({ set, name, hash })),
  );
}

function hasMigrationsTable(database: Database): boolean {
  return database.query("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== null;
}

/** Creates the table of applied migrations, if it is not there. An early file only counted them. */
function prepareMigrationsTable(database: Database): void {
  if (hasMigrationsTable(database)) return;
  const applied = readApplied(database);
  database.run(
    'CREATE TABLE migrations (position INTEGER PRIMARY KEY, "set" TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL)',
  );
  for (const migration of applied) save(database, migration);
}

function save(database: Database, { set, name, hash }: { set: string } & Applied): void {
  const sql = 'INSERT INTO migrations ("set", name, hash) VALUES (?, ?, ?)';
  database.query(sql).run(set, name, hash);
}
