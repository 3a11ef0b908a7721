import type { SQL } from "bun";

import { type Act, Query, type Work } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";
import type { Runner } from "../runner.ts";
import { DEADLINE_MS, Late } from "./deadline.ts";
import { drive, execute } from "./drive.ts";
import { codeOf, isConflict, isLost } from "./errors.ts";
import type { Pool } from "./pool.ts";
import { readPatiently } from "./read_patiently.ts";

/** As strict as SQLite, where one act runs after the other: so none needs reasons of its own. */
const SERIALIZABLE = "isolation level serializable";
const SNAPSHOT = "isolation level repeatable read read only";
/** The same, but a standby refuses it. Behind a pooler, each transaction may reach another server. */
const SNAPSHOT_OF_PRIMARY = "isolation level serializable read only";
/** Each statement sees what was committed before it. For acts that lock what they change. */
const READ_COMMITTED = "isolation level read committed";

const LONGEST_PAUSE_MS = 100;

interface RunnerOptions {
  isPooled: boolean;
  deadlineMs?: number;
  onWrite?: ((ms: number) => void) | undefined;
  openAlone: () => SQL;
}

/** Runs work on a pool. Everything but `readWhole` ends within `deadlineMs`. */
export function createPostgresRunner(
  pool: Pool,
  { isPooled, deadlineMs = DEADLINE_MS, onWrite, openAlone }: RunnerOptions,
): Runner & { writeLocked<T>(work: () => Act<T>): Promise<T> } {
  const snapshot = isPooled ? SNAPSHOT_OF_PRIMARY : SNAPSHOT;

  /** Runs `work` until it succeeds, unless it fails for good or the time is over. */
  async function run<T>(work: Work<T>, isolation: string): Promise<T> {
    const until = performance.now() + deadlineMs;
    const isShared = work instanceof Query && !isPooled;
    const errand = isShared
      ? (sql: SQL) => execute(sql, work)
      : (sql: SQL) => transact(sql, { isolation, work, until });
    // A query without a transaction may have been committed when its answer is lost.
    const isRepeatable = isolation === snapshot || !isShared;
    for (let tries = 1; ; tries += 1) {
      try {
        return await pool.use({ run: errand, isShared, until });
      } catch (error) {
        const pause = Math.random() * Math.min(4 * 2 ** tries, LONGEST_PAUSE_MS);
        const mayRetry =
          isConflict(codeOf(error)) || (isRepeatable && tries === 1 && mayBegin(error));
        if (!mayRetry || performance.now() + pause >= until) throw failure(error);
        await Bun.sleep(pause);
      }
    }
  }

  async function time<T>(write: Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await write;
    } finally {
      onWrite?.(performance.now() - begun);
    }
  }

  return {
    read: (work) => run(work, snapshot),
    readWhole: (work) => readPatiently(openAlone(), work).catch(fail),
    write: (work) => time(run(work, SERIALIZABLE)),
    writeLocked: (work) => time(run(work, READ_COMMITTED)),
    check: (work) => run(work, snapshot),
  };
}

async function transact<T>(
  sql: SQL,
  { isolation, work, until }: { isolation: string; work: Work<T>; until: number },
): Promise<T> {
  // What nobody waits for any more must not be committed.
  const onStep = () => {
    if (performance.now() >= until) throw new Late();
  };
  let isCommitting = false;
  try {
    return (await sql.begin(isolation, async (connection) => {
      const act = work instanceof Query ? work[Symbol.iterator]() : work();
      const outcome = await drive(connection, { act, onStep });
      isCommitting = true;
      return outcome;
    })) as T;
  } catch (error) {
    if (isCommitting && isLost(codeOf(error))) throw new LostCommit(error);
    throw error;
  }
}

/** Nobody knows whether it was committed, so it must not be tried again. */
class LostCommit extends Error {
  constructor(cause: unknown) {
    super("The answer to COMMIT was lost", { cause });
  }
}

/** A connection that was idle may be dead. The next one is new. */
function mayBegin(error: unknown): boolean {
  return !(error instanceof LostCommit) && isLost(codeOf(error));
}

function fail(error: unknown): never {
  throw failure(error);
}

function failure(error: unknown): DatabaseError {
  const where = error instanceof LostCommit ? " at COMMIT" : "";
  return new DatabaseError(`PostgreSQL failed${where}: ${codeOf(error)}`);
}
