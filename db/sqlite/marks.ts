import type { Database } from "bun:sqlite";

/** Marks a file as Foyer's: "Foyr", as SQLite's `application_id`. */
export const APPLICATION_ID = 0x466f7972;

/** Whether a database is Foyer's or new. Asks SQLite, because the marks may still be in the write-ahead log. */
export function isFoyerDatabase(database: Database): boolean {
  const marks = ["application_id", "user_version", "schema_version"].map((name) =>
    readNumber(database, name),
  );
  return marks[0] === APPLICATION_ID || marks.every((mark) => mark === 0);
}

/** Reads a pragma that is a number. */
export function readNumber(database: Database, pragma: string): number {
  const [row] = database.query(`PRAGMA ${pragma}`).values();
  return Number(row?.[0]);
}
