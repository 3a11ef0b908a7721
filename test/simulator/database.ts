import { Database } from "bun:sqlite";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type DatabaseAddress, parseDatabase } from "../../src/config/database.ts";
import { type RawSql, rawSqlAt } from "../db/raw_sql.ts";
import { createSmallDatabase } from "../postgres/migrated.ts";
import { sharedPostgres } from "../postgres/server.ts";

/** What a world's database is: a file, or one of a real PostgreSQL. */
export type WorldEngine = "sqlite" | "postgres";

/** The database of one world. */
export interface WorldDatabase {
  address: DatabaseAddress;
  /** Reaches it past the processes. */
  sql: RawSql;
  /** Every row of every table, in an order that does not depend on where it stands. */
  readRows(): Iterable<string>;
  remove(): Promise<void>;
}

/** Memory if possible: nothing here asks for a power cut, and the disk would be half of the time. */
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Creates the database of a world. */
export async function createWorldDatabase(engine: WorldEngine): Promise<WorldDatabase> {
  if (engine === "postgres") {
    const address = await createSmallDatabase();
    const remove = async () => (await sharedPostgres()).dropDatabase(address);
    // No run is exactly as another there, so nothing is hashed.
    const sql = rawSqlAt(address);
    return { address: parseDatabase(address), sql, readRows: () => [], remove };
  }
  const folder = mkdtempSync(join(FOLDER, "foyer_simulator_"));
  const path = join(folder, "foyer.db");
  return {
    address: { engine, path },
    sql: rawSqlAt(`file:${path}`),
    readRows: () => readRows(path),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

function* readRows(path: string): Generator<string> {
  const database = new Database(path, { readonly: true });
  try {
    const tables = database.query<{ name: string }, []>(
      "select name from sqlite_schema where type = 'table' order by name",
    );
    for (const { name } of tables.all()) {
      const rows = database
        .query(`select * from "${name}"`)
        .all()
        .map((row) => JSON.stringify(row));
      yield* [name, ...rows.toSorted()];
    }
    for (const row of database.query("pragma integrity_check").all()) yield JSON.stringify(row);
  } finally {
    database.close();
  }
}
