/** Figures of the whole database, for the metrics. */
export interface Figures {
  /** Sessions that are alive. */
  sessions: number;
  /** The size of the database, with what is still in the write-ahead log. */
  databaseBytes: number;
  /** When the last good backup was made, in milliseconds since 1970, or `null`. */
  backupAt: number | null;
}

/** What metrics read. */
export interface FiguresStore {
  readFigures(now: number): Promise<Figures>;
}
