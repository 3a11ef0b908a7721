import type { Database } from "bun:sqlite";

import { drizzle } from "drizzle-orm/bun-sqlite";

import type { Random } from "../../src/machine.ts";
import type { ActOrQuery } from "../act.ts";
import { whileAllowed } from "../acts/authority.ts";
import { createOtherProcesses } from "../acts/other_processes.ts";
import type { AppStore } from "../contract/app_store.ts";
import type { AuditContext } from "../contract/audit.ts";
import { prepareStatements } from "../statements/all.ts";
import { preparePersonRows } from "../statements/person_rows.ts";
import { createStore } from "../store.ts";
import { openTables, personColumnsOf } from "../table.ts";
import { TABLES } from "../tables.ts";
import { openDatabaseFile } from "./database_file.ts";
import type { Migrated } from "./migrate.ts";
import { prepareOrThrow } from "./prepare_or_throw.ts";
import { createRunner } from "./runner.ts";

/** Where the store takes ids and salts from, and how it opens its file. */
export interface StoreOptions {
  random: Random;
  openFile?: (path: string) => Database;
  /** Is told when a file of an older version was migrated. */
  onMigrated?: (migrated: Migrated) => void;
  /** Is told how long each write took, in milliseconds. */
  onWrite?: ((ms: number) => void) | undefined;
}

/**
 * Opens the store in the SQLite file at `path`, or `:memory:`. Creates and migrates the file. Throws
 * `DatabaseFileError` if the file cannot be used.
 */
export function openSqlite(path: string, options: StoreOptions): AppStore {
  const { random, openFile, onMigrated, onWrite } = options;
  const database = openFile?.(path) ?? openDatabaseFile(path, onMigrated);
  const runner = createRunner(database, { path, onWrite });
  const { read, write } = runner;
  const { run, others, personRows, tables } = prepareOrThrow(path, database, () => {
    const db = drizzle({ client: database });
    const run = prepareStatements(db, random);
    return {
      run,
      others: createOtherProcesses(run),
      personRows: preparePersonRows(db, personColumnsOf(TABLES)),
      tables: openTables(TABLES, { db, read, write: writeOrChange }),
    };
  });

  /** Changes something, if the actor may still act in the same transaction. */
  async function change<T>(audit: AuditContext, act: ActOrQuery<T>): Promise<T> {
    const done = await write(whileAllowed(run, audit, act));
    if ("refusal" in done) throw done.refusal;
    return done.outcome;
  }

  function writeOrChange<T>(act: ActOrQuery<T>, audit?: AuditContext): Promise<T> {
    return audit ? change(audit, act) : write(act);
  }

  return {
    ...createStore({ ...runner, run, others, personRows, change }),
    tables,
    close: () => database.close(true),
  };
}
