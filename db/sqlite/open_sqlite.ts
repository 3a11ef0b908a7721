import type { Database } from "bun:sqlite";

import type { Random } from "../../src/machine.ts";
import type { Work } from "../act.ts";
import { createActivityWriter } from "../activity_writer.ts";
import { START } from "../acts/audit_chain.ts";
import { chainEvents } from "../acts/chain_events.ts";
import { createOtherProcesses } from "../acts/other_processes.ts";
import { composeStore } from "../compose_store.ts";
import type { AppStore } from "../contract/app_store.ts";
import { type EventLog, type PreparedStatements, prepareStatements } from "../statements/all.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { SQLITE } from "./columns.ts";
import { openDatabaseFile } from "./database_file.ts";
import { createSqliteDialect } from "./dialect.ts";
import type { Migrated } from "./migrate.ts";
import { requireColumns } from "./require_columns.ts";
import { runWork } from "./run_act.ts";
import { createSqliteRunner } from "./runner.ts";

/** Every request waits for a transaction. */
const BATCH_MS = 5;

/** Where the store takes ids and salts from, and how it opens its file. */
export interface StoreOptions {
  random: Random;
  openFile?: (path: string) => Database;
  /** Is told when a file of an older version was migrated. */
  onMigrated?: (migrated: Migrated) => void;
  /** Is told how long each write took, in milliseconds. */
  onWrite?: ((ms: number) => void) | undefined;
  /** How long a transaction of long work should take, in milliseconds. Never so long in a simulation, which must repeat. */
  batchMs?: number;
}

/**
 * Opens the store in the SQLite file at `path`, or `:memory:`. Creates and migrates the file. Throws
 * `DatabaseFileError` if the file cannot be used.
 */
export function openSqlite(path: string, options: StoreOptions): AppStore {
  const { random, openFile, onMigrated, onWrite, batchMs = BATCH_MS } = options;
  const database = openFile?.(path) ?? openDatabaseFile(path, onMigrated);
  const checkpoints = createCheckpoints(database, path);
  const runner = createSqliteRunner(database, { path, onWrite, onCommit: checkpoints.onCommit });
  const { read, readWhole } = runner;
  requireColumns(path, database);
  const dialect = createSqliteDialect(database);
  const run = prepareStatements(dialect, { random, createLog: chainAtOnce });
  const head = runWork(run.findMark.get({ name: "head" })) ?? START;
  const log = { readLog: read, readWholeLog: readWhole };
  const others = { readForeignEvents: createOtherProcesses(run, head), batchMs };
  const writeActivity = createActivityWriter(run, runner.write);
  const write = <T>(work: Work<T>) => {
    // In the same transaction, before the act. What fails still waits.
    writeActivity().catch(() => {});
    return runner.write(work);
  };
  const writes = { write, writeActivity };
  const context = { ...runner, ...writes, ...log, ...others, run, dialect, columns: SQLITE };
  const close = async () => {
    writeActivity().catch(() => {});
    runner.finish();
    const closing = checkpoints.close();
    if (closing) await closing;
    database.close(true);
  };
  return { ...composeStore(context), close };
}

/** An act holds the lock of the whole file, so its events are chained in its own transaction. */
export function chainAtOnce(run: PreparedStatements): EventLog {
  return {
    append: (event) => chainEvents(run, [event]),
    *seal() {},
    *hold() {},
  };
}
