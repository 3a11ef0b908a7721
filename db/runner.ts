import type { Work } from "./act.ts";

/** How an engine runs work. Every failure is a `DatabaseError` without bound values. */
export interface Runner {
  read<T>(work: Work<T>): Promise<T>;
  /** Reads, however long it takes, in one transaction: all rows are from the same moment. */
  readWhole<T>(work: Work<T>): Promise<T>;
  write<T>(work: Work<T>): Promise<T>;
  /** Reads, and fails if nothing could be written. */
  check<T>(work: Work<T>): Promise<T>;
}
