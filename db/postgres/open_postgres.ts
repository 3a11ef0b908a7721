import type { PostgresAddress } from "../../src/config/database.ts";
import type { Random } from "../../src/machine.ts";
import type { Work } from "../act.ts";
import { createActivityWriter } from "../activity_writer.ts";
import { START } from "../acts/audit_chain.ts";
import { createOtherProcesses } from "../acts/other_processes.ts";
import { composeStore } from "../compose_store.ts";
import type { AppStore } from "../contract/app_store.ts";
import { type PreparedStatements, prepareStatements } from "../statements/all.ts";
import { POSTGRES } from "./columns.ts";
import { openAlone } from "./connection.ts";
import { beforeTime, DEADLINE_MS } from "./deadline.ts";
import { createPostgresDialect } from "./dialect.ts";
import { migrateServer } from "./migrate.ts";
import { createPendingLog, SEAL_BATCH } from "./pending_log.ts";
import { createPool } from "./pool.ts";
import { createPostgresRunner } from "./runner.ts";

const LAST_SEAL_MS = 1000;
/** Nobody waits for a transaction but who changes the same rows. */
const BATCH_MS = 200;

/** Where the store takes ids and salts from, and who is told what it does. */
export interface PostgresOptions {
  random: Random;
  openPool?: typeof createPool;
  /** How long work may take, in milliseconds: two seconds, unless nobody's request waits for it. */
  deadlineMs?: number | undefined;
  /** Is told the names of the migrations that were applied. */
  onMigrated?: (migrated: { applied: string[]; copy: null }) => void;
  /** Is told how long each write took, in milliseconds. */
  onWrite?: ((ms: number) => void) | undefined;
}

/** Opens the store in a PostgreSQL, and migrates it. Throws `DatabaseServerError` if it cannot be used. */
export async function openPostgres(
  address: PostgresAddress,
  { random, openPool = createPool, deadlineMs = DEADLINE_MS, onMigrated, onWrite }: PostgresOptions,
): Promise<AppStore> {
  const applied = await migrateServer(address);
  if (applied.length > 0) onMigrated?.({ applied, copy: null });
  const pool = openPool(address, deadlineMs);
  const runner = createPostgresRunner(pool, {
    isPooled: address.isPooled,
    deadlineMs,
    onWrite,
    openAlone: () => openAlone(address),
  });
  const dialect = createPostgresDialect();
  const createLog = (prepared: PreparedStatements) => createPendingLog(dialect, prepared);
  const run = prepareStatements(dialect, { random, createLog });

  /** Chains every event that waits, whichever process recorded it, and adds up the counters. */
  async function seal(): Promise<void> {
    // Mostly nothing waits, and a question is cheaper than a transaction.
    if (!(await runner.read(run.findPending.get()))) return;
    while ((await runner.writeLocked(run.sealAndCount)) === SEAL_BATCH);
  }

  async function readLog<T>(work: Work<T>): Promise<T> {
    await seal();
    return runner.read(work);
  }

  async function readWholeLog<T>(work: Work<T>): Promise<T> {
    await seal();
    return runner.readWhole(work);
  }

  const head = (await readLog(run.findMark.get({ name: "head" }))) ?? START;
  const readForeignEvents = createOtherProcesses(run, head);
  // By a transaction of its own, which is in nobody's way: one statement, without a snapshot that others could spoil.
  const writeActivity = createActivityWriter(run, runner.writeLocked);
  const logs = { readLog, readWholeLog, readForeignEvents };
  const store = { ...runner, ...logs, run, writeActivity, batchMs: BATCH_MS };
  return {
    ...composeStore({ ...store, dialect, columns: POSTGRES }),
    async close() {
      await beforeTime(writeActivity(), performance.now() + LAST_SEAL_MS).catch(() => {});
      // Another process, or the next start, chains what is left.
      await beforeTime(seal(), performance.now() + LAST_SEAL_MS).catch(() => {});
      await pool.close();
    },
  };
}
