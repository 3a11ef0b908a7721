import type { Database } from "bun:sqlite";

import { type ActOrQuery, Query, runAct } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";

/** Runs acts on one connection. Every failure becomes a `DatabaseError` without bound values. */
export function createRunner(database: Database) {
  const transaction = database.transaction((act: ActOrQuery<unknown>) => runAct(act));

  async function attempt<T>(run: () => unknown): Promise<T> {
    try {
      return run() as T;
    } catch (error) {
      throw new DatabaseError(`SQLite failed: ${sqliteCode(error)}`);
    }
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
      attempt<T>(() => (act instanceof Query ? runAct(act) : transaction.immediate(act))),
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
