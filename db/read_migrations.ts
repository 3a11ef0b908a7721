import { readMigrationFiles } from "drizzle-orm/migrator";

/** The statements of each migration, oldest first. Run as a macro, so that a binary carries them. */
export function readMigrations(): string[][] {
  return readMigrationFiles({ migrationsFolder: `${import.meta.dir}/migrations` }).map(
    (migration) => migration.sql,
  );
}
