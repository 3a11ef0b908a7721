import type { Database } from "bun:sqlite";

import type { Work } from "../act.ts";
import { DatabaseError } from "../contract/store.ts";
import type { Runner } from "../runner.ts";
import { BUSY_TIMEOUT_MS } from "./database_file.ts";
import { createGroupCommit } from "./group_commit.ts";
import { runWork } from "./run_act.ts";
import { watchFile } from "./same_file.ts";

/** What SQLite runs acts with. */
export interface SqliteRunner extends Runner {
  /** Writes at once what waits. */
  finish(): void;
}

interface SqliteRunnerOptions {
  path: string;
  onWrite?: ((ms: number) => void) | undefined;
  /** Is told of each commit. It throws nothing. */
  onCommit: () => void;
}

/** Runs acts on one connection. Every failure becomes a `DatabaseError` without bound values. */
export function createSqliteRunner(
  database: Database,
  { path, onWrite, onCommit }: SqliteRunnerOptions,
): SqliteRunner {
  const transaction = database.transaction((work: Work<unknown>) => runWork(work));
  const requireSameFile = watchFile(path);
  const group = createGroupCommit(database, {
    onBegin: requireSameFile,
    onCommit() {
      setPatient(true);
      onCommit();
    },
    toFailure,
  });
  let isPatient = true;

  async function attempt<T>(run: () => unknown): Promise<T> {
    try {
      return run() as T;
    } catch (error) {
      throw toFailure(error);
    }
  }

  function toFailure(error: unknown): DatabaseError {
    const code = sqliteCode(error);
    if (code.startsWith("SQLITE_BUSY")) setPatient(false);
    return new DatabaseError(`SQLite failed: ${code}`);
  }

  /**
   * Waiting for another process stops every request. So once it was in vain, nobody waits, until a write succeeds.
   */
  function setPatient(value: boolean): void {
    if (value === isPatient) return;
    isPatient = value;
    database.run(`PRAGMA busy_timeout = ${value ? BUSY_TIMEOUT_MS : 0}`);
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
    read: <T>(work: Work<T>) => attempt<T>(() => runWork(work)),
    /** Reads in one transaction, so that all rows are from the same moment. */
    readWhole: <T>(work: Work<T>) => attempt<T>(() => transaction.deferred(work)),
    write<T>(work: Work<T>) {
      const written = group.write(work) as Promise<T>;
      return onWrite ? time(written) : written;
    },
    /** Reads, and fails if nothing could be written because the file is gone. */
    check: <T>(work: Work<T>) =>
      attempt<T>(() => {
        requireSameFile();
        return runWork(work);
      }),
    finish: group.finish,
  };
}

function sqliteCode(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  return code ?? (cause ? sqliteCode(cause) : (name ?? "unknown"));
}
