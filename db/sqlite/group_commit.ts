import type { Database } from "bun:sqlite";

import type { Work } from "../act.ts";
import { runWork } from "./run_act.ts";

/** So many acts share a transaction at most. Requests that only read wait for them: some ten milliseconds. */
const MOST_ACTS = 32;

/** An act that waits for its transaction. */
interface Waiting {
  work: Work<unknown>;
  resolve: (outcome: unknown) => void;
  reject: (failure: unknown) => void;
}

/** Writes that share transactions. */
export interface GroupCommit {
  /** Resolves when the act is committed. Its failure takes back this act alone; that of the transaction, all of them. */
  write(work: Work<unknown>): Promise<unknown>;
  /** Commits at once what waits. */
  finish(): void;
}

interface GroupCommitOptions {
  /** Runs before each transaction. What it throws fails the transaction. */
  onBegin: () => void;
  onCommit: () => void;
  /** What an act is rejected with. */
  toFailure: (error: unknown) => unknown;
}

/**
 * Collects the acts of one turn of the event loop in one transaction, because a transaction that waits for the disk
 * costs more than the act in it. All of it is synchronous, so nobody reads a half group.
 */
export function createGroupCommit(
  database: Database,
  { onBegin, onCommit, toFailure }: GroupCommitOptions,
): GroupCommit {
  // The write lock is taken at the start, because another process may write at the same time.
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  const savepoint = database.prepare("SAVEPOINT act");
  const release = database.prepare("RELEASE act");
  const rollbackTo = database.prepare("ROLLBACK TO act");
  let queue: Waiting[] = [];

  function commitNext(): void {
    const group = queue.splice(0, MOST_ACTS);
    // Requests that only read have their turn between two groups.
    if (queue.length > 0) setImmediate(commitNext);
    if (group.length === 0) return;
    for (const settle of commitGroup(group)) settle();
  }

  /** Commits the acts of a group, and returns what tells each of them. */
  function commitGroup(group: Waiting[]): (() => void)[] {
    try {
      onBegin();
      begin.run();
      const settled = group.length === 1 ? group.map(runAlone) : group.map(runBeside);
      commit.run();
      onCommit();
      return settled;
    } catch (error) {
      rollBack();
      return group.map(
        ({ reject }) =>
          () =>
            reject(toFailure(error)),
      );
    }
  }

  function runAlone({ work, resolve }: Waiting): () => void {
    const outcome = runWork(work);
    return () => resolve(outcome);
  }

  /** Runs an act so that it can be taken back without the others. */
  function runBeside({ work, resolve, reject }: Waiting): () => void {
    savepoint.run();
    try {
      const outcome = runWork(work);
      release.run();
      return () => resolve(outcome);
    } catch (error) {
      // SQLite may have rolled everything back by itself: without room on the disk, for example.
      // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
      if (!database.inTransaction) throw error;
      rollbackTo.run();
      release.run();
      return () => reject(toFailure(error));
    }
  }

  function rollBack(): void {
    try {
      if (database.inTransaction) rollback.run();
    } catch {
      // The next group cannot begin, and tries it again.
    }
  }

  return {
    write(work) {
      if (queue.length === 0) setImmediate(commitNext);
      return new Promise((resolve, reject) => queue.push({ work, resolve, reject }));
    },
    finish() {
      while (queue.length > 0) commitNext();
    },
  };
}
