import type { Database } from "bun:sqlite";

import { type ActOrQuery, Query, runAct } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";
import { BUSY_TIMEOUT_MS } from "./database_file.ts";
import { watchFile } from "./same_file.ts";

/** How acts are run on one connection. */
export type Runner = ReturnType<typeof createRunner>;

/** Runs acts on one connection. Every failure becomes a `DatabaseError` without bound values. */
export function createRunner(
  database: Database,
  { path, onWrite }: { path: string; onWrite?: ((ms: number) => void) | undefined },
) {
  const transaction = database.transaction((act: ActOrQuery<unknown>) => runAct(act));
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
    read: <T>(act: ActOrQuery<T>) => attempt<T>(() => runAct(act)),
    /** Reads in one transaction, so that all rows are from the same moment. */
    readWhole: <T>(act: ActOrQuery<T>) => attempt<T>(() => transaction.deferred(act)),
    /**
     * Takes the write lock at the start, because another process may write at the same time. A single query is
     * already a transaction.
     */
    write: <T>(act: ActOrQuery<T>) =>
      time(() =>
        attempt<T>(() => {
          requireSameFile();
          const outcome = act instanceof Query ? runAct(act) : transaction.immediate(act);
          setPatient(true);
          return outcome;
        }),
      ),
    /** Reads, and fails if nothing could be written because the file is gone. */
    check: <T>(act: ActOrQuery<T>) =>
      attempt<T>(() => {
        requireSameFile();
        return runAct(act);
      }),
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
