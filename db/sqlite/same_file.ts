import { type Stats, statSync } from "node:fs";

/** The file that is open is no longer at its path; the code is SQLite's own for this. */
class MovedFileError extends Error {
  readonly code = "SQLITE_READONLY_DBMOVED";
}

/**
 * Returns a function that throws if the file at `path` is no longer the one that is there now. SQLite goes on
 * writing to a file that was moved or removed, and what is written then is lost with the next start.
 */
export function watchFile(path: string): () => void {
  const opened = path === ":memory:" ? undefined : statSync(path, { throwIfNoEntry: false });
  return () => {
    if (opened && !isSame(opened, path)) throw new MovedFileError();
  };
}

function isSame({ dev, ino }: Stats, path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.dev === dev && found.ino === ino;
  } catch {
    // The folder cannot be searched: nobody can say that the file is gone.
    return true;
  }
}
