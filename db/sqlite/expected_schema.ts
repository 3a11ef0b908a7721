import { Database } from "bun:sqlite";

/** Tables, indexes, triggers and views by name. What a virtual table keeps for itself is SQLite's own affair. */
const SCHEMA = `SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL
  AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid`;

type SchemaObject = [typeAndName: string, sql: string];

/**
 * The first table, index, trigger or view that `database` lacks or has in another form than the migrations make it,
 * or `null`. It may have further ones.
 */
export function findSchemaFault(
  database: Database,
  migrateNew: (fresh: Database) => void,
): string | null {
  const fresh = new Database(":memory:", { strict: true });
  try {
    migrateNew(fresh);
    const found = new Map(read(database));
    const fault = read(fresh).find(([name, sql]) => found.get(name) !== sql);
    return fault?.[0] ?? null;
  } finally {
    fresh.close();
  }
}

function read(database: Database): SchemaObject[] {
  return database.query(SCHEMA).values() as SchemaObject[];
}
