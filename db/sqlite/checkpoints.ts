import type { Database } from "bun:sqlite";

import { readWorker } from "./read_worker.ts" with { type: "macro" };

/** So many commits are made between two looks at the write-ahead log. */
const LOOK_EVERY = 16;

/** So many pages wait in the log until they are written to the file: what many commits change is written once. */
const MOST_WAITING = 2000;

/** When the log has so many pages, the rest waits no longer: at {@linkcode LONGEST_LOG}, a request waits for it. */
const LONG_LOG = 6000;
const FEW_WAITING = 250;

/** When the log has so many pages, SQLite itself writes the rest within a commit, and the log begins again. */
export const LONGEST_LOG = 8000;

const PROGRAM = readWorker();

/** Checkpoints beside the requests: syncing the file takes as long as the disk likes. */
export interface Checkpoints {
  onCommit(): void;
  /** Closes the other connection; `null` if there is none. */
  close(): Promise<void> | null;
}

/** Creates what checkpoints the file at `path` in a thread of its own, which a database that is little used never starts. */
export function createCheckpoints(database: Database, path: string): Checkpoints {
  const look = database.prepare("PRAGMA wal_checkpoint(NOOP)");
  let worker: Worker | null = null;
  let isBusy = false;
  let commits = 0;

  function mustBegin(): boolean {
    const [[, log, written] = []] = look.values() as number[][];
    const waiting = (log ?? 0) - (written ?? 0);
    return waiting >= ((log ?? 0) >= LONG_LOG ? FEW_WAITING : MOST_WAITING);
  }

  function start(): Worker {
    const address = URL.createObjectURL(new Blob([PROGRAM], { type: "text/javascript" }));
    // It keeps no process alive.
    const started = new Worker(address, { ref: false, smol: true });
    started.onmessage = () => void (isBusy = false);
    // Without it, SQLite still does all of it. So it is not started again.
    const forget = () => {
      worker = null;
      isBusy = true;
    };
    started.addEventListener("error", forget);
    started.addEventListener("close", forget);
    return started;
  }

  return {
    onCommit() {
      commits += 1;
      if (isBusy || commits < LOOK_EVERY) return;
      commits = 0;
      if (!mustBegin()) return;
      worker ??= start();
      isBusy = true;
      worker.postMessage(path);
    },
    close() {
      if (!worker) return null;
      const { promise, resolve } = Promise.withResolvers<void>();
      const ending = worker;
      ending.onmessage = ({ data }) => data === "closed" && resolve();
      ending.addEventListener("error", () => resolve());
      ending.addEventListener("close", () => resolve());
      ending.postMessage(null);
      return promise.finally(() => ending.terminate());
    },
  };
}
