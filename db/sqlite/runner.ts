import type { Database } from "bun:sqlite";

import { Query, type Work } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";
import type { Runner } from "../runner.ts";
import { BUSY_TIMEOUT_MS } from "./database_file.ts";
import { runWork } from "./run_act.ts";
import { watchFile } from "./same_file.ts";

/** Runs acts on one connection. Every failure becomes a `DatabaseError` without bound values. */
export function createSqliteRunner(
  database: Database,
  { path, onWrite }: { path: string; onWrite?: ((ms: number) => void) | undefined },
): Runner {
  const transaction = database.transaction((work: Work<unknown>) => runWork(work));
  const requireSameFile = watchFile(path);
  let isPatient = true;

  async function attempt<T>(run: () => unknown): Promise<T> {
    try {
      return run() as T;
    } catch (error) {
      const code = sqliteCode(error);
      if (code.startsWith("SQLITE_BUSY")) setPatient(false);
      throw new DatabaseError(`SQLite failed: ${code}`);
    }
  }

  /**
   * Waiting for another process stops every request. So once it was in vain, nobody waits, until a write succeeds.
   */
  function setPatient(value: boolean): void {
    if (value === isPatient) return;
    isPatient = value;
    database.run(`PRAGMA busy_timeout = ${value ? BUSY_TIMEOUT_MS : 0}`);
  }

  /** SQLite is synchronous: the write has ended when the promise is there. */
  function time<T>(attempted: () => Promise<T>): Promise<T> {
    if (!onWrite) return attempted();
    const begun = performance.now();
    const outcome = attempted();
    onWrite(performance.now() - begun);
    return outcome;
  }

  return {
    read: <T>(work: Work<T>) => attempt<T>(() => runWork(work)),
    /** Reads in one transaction, so that all rows are from the same moment. */
    readWhole: <T>(work: Work<T>) => attempt<T>(() => transaction.deferred(work)),
    /**
     * Takes the write lock at the start, because another process may write at the same time. A single query is
     * already a transaction.
     */
    write: <T>(work: Work<T>) =>
      time(() =>
        attempt<T>(() => {
          requireSameFile();
          const outcome = work instanceof Query ? runWork(work) : transaction.immediate(work);
          setPatient(true);
          return outcome;
        }),
      ),
    /** Reads, and fails if nothing could be written because the file is gone. */
    check: <T>(work: Work<T>) =>
      attempt<T>(() => {
        requireSameFile();
        return runWork(work);
      }),
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
