import { existsSync, readFileSync } from "node:fs";

import { readMigrationFiles } from "drizzle-orm/migrator";

import type { Migration } from "./migrations.ts";

/**
 * The migrations in a folder of db/, oldest first; none if the folder does not exist. Bun runs this as a macro
 * to embed them in the binary.
 */
export function readMigrations(folder: string): Migration[] {
  const path = `${import.meta.dir}/${folder}`;
  const journalPath = `${path}/meta/_journal.json`;
  if (!existsSync(journalPath)) return [];
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(journalPath, "utf8"));
  return readMigrationFiles({ migrationsFolder: path }).map(({ hash, sql }, index) => ({
    name: journal.entries[index]?.tag ?? "",
    hash,
    statements: sql,
  }));
}
