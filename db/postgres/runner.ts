import { type Act, Query, type Work } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";
import type { Runner } from "../runner.ts";
import { drive, execute } from "./drive.ts";
import { codeOf, isConflict, isLost } from "./errors.ts";
import { DEADLINE_MS, type Pool } from "./pool.ts";

/** As strict as SQLite, where one act runs after the other: so none needs reasons of its own. */
const SERIALIZABLE = "isolation level serializable";
const SNAPSHOT = "isolation level repeatable read read only";
/** Each statement sees what was committed before it. For acts that lock what they change. */
const READ_COMMITTED = "isolation level read committed";

const LONGEST_PAUSE_MS = 100;

/** The time is over. */
class Late extends Error {
  readonly code = "too late";
}

/** Runs work on a pool. Everything but `readWhole` ends within two seconds. */
export function createPostgresRunner(
  pool: Pool,
  { onWrite }: { onWrite?: ((ms: number) => void) | undefined },
): Runner & { writeLocked<T>(work: () => Act<T>): Promise<T> } {
  /** Runs `attempt` until it succeeds, unless it fails for good or the time is over. */
  async function within<T>(attempt: (isOver: () => boolean) => Promise<T>): Promise<T> {
    const until = performance.now() + DEADLINE_MS;
    const isOver = () => performance.now() >= until;
    for (let tries = 1; ; tries += 1) {
      try {
        const outcome = await beforeTime(attempt(isOver), until);
        pool.heard();
        return outcome;
      } catch (error) {
        if (error instanceof Late) pool.missed();
        else pool.heard();
        const pause = Math.random() * Math.min(4 * 2 ** tries, LONGEST_PAUSE_MS);
        if (!mayRetry(error, tries) || performance.now() + pause >= until) throw failure(error);
        await Bun.sleep(pause);
      }
    }
  }

  async function transact<T>(
    isolation: string,
    work: () => Act<T>,
    isOver: () => boolean,
  ): Promise<T> {
    let isCommitting = false;
    try {
      return (await pool.sql.begin(isolation, async (connection) => {
        // It may have waited for a connection. What nobody waits for any more must not be committed.
        if (isOver()) throw new Late();
        const outcome = await drive(connection, work());
        if (isOver()) throw new Late();
        isCommitting = true;
        return outcome;
      })) as T;
    } catch (error) {
      if (isCommitting && !isConflict(codeOf(error))) throw new LostCommit(error);
      throw error;
    }
  }

  const run = <T>(work: Work<T>, isolation: string) =>
    within<T>((isOver) =>
      work instanceof Query ? execute(pool.sql, work) : transact(isolation, work, isOver),
    );

  async function time<T>(write: Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await write;
    } finally {
      onWrite?.(performance.now() - begun);
    }
  }

  return {
    read: (work) => run(work, SNAPSHOT),
    async readWhole<T>(work: Work<T>): Promise<T> {
      try {
        return (await pool.sql.begin(SNAPSHOT, async (connection) => {
          await connection.unsafe("SET LOCAL statement_timeout = 0");
          return work instanceof Query ? execute(connection, work) : drive(connection, work());
        })) as T;
      } catch (error) {
        throw failure(error);
      }
    },
    write: (work) => time(run(work, SERIALIZABLE)),
    writeLocked: (work) => time(run(work, READ_COMMITTED)),
    check: (work) => run(work, SNAPSHOT),
  };
}

/** Nobody knows whether it was committed, so it must not be tried again. */
class LostCommit extends Error {
  constructor(cause: unknown) {
    super("The answer to COMMIT was lost", { cause });
  }
}

function mayRetry(error: unknown, tries: number): boolean {
  if (error instanceof LostCommit || error instanceof Late) return false;
  const code = codeOf(error);
  // A connection that was idle may be dead. The next one is new.
  return isConflict(code) || (tries === 1 && isLost(code));
}

function failure(error: unknown): unknown {
  return new DatabaseError(`PostgreSQL failed: ${codeOf(error)}`);
}

/** Rejects with {@linkcode Late} at the time `until`. */
async function beforeTime<T>(attempt: Promise<T>, until: number): Promise<T> {
  attempt.catch(() => {});
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Late()), until - performance.now());
  try {
    return await Promise.race([attempt, promise]);
  } finally {
    clearTimeout(timer);
  }
}
