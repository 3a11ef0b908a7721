import { Database } from "bun:sqlite";

// Runs in a thread of its own, from its text alone: it imports nothing of Foyer's.

/** The first message says where the file is; each further one asks for a checkpoint, and `null` ends it. */
let database: Database | null = null;

self.onmessage = ({ data }: MessageEvent<string | null>) => {
  if (data === null) {
    database?.close(true);
    return postMessage("closed");
  }
  try {
    database ??= open(data);
    database.run("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // A full disk, for example. SQLite does it with a later commit.
  }
  postMessage("done");
};

function open(path: string): Database {
  const opened = new Database(path, { readwrite: true });
  // The log is on the disk before the file is written, and the file before the log begins again.
  opened.run("PRAGMA synchronous = FULL");
  return opened;
}
