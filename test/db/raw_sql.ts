import { Database } from "bun:sqlite";

import { SQL } from "bun";

import { parseDatabase } from "../../src/config/database.ts";

/** SQL on a database, past the store: as somebody with access to it, who tampers. */
export interface RawSql {
  /** Runs statements. */
  write(statements: string): Promise<void>;
  /** The values of each row, the same for each engine: numbers are numbers, and flags 0 or 1. */
  read(query: string): Promise<unknown[][]>;
  /** The names of the tables that hold rows of their own. */
  tables(): Promise<string[]>;
}

/** What runs SQL at `address`, on a connection of its own each time. */
export function rawSqlAt(address: string): RawSql {
  const database = parseDatabase(address);
  return database.engine === "sqlite" ? inFile(database.path) : inPostgres(database.url);
}

function inFile(path: string): RawSql {
  if (path === ":memory:") throw new TypeError("Nobody else reaches a database in memory");
  const read = async (query: string) => {
    using database = new Database(path, { readonly: true });
    return database.query(query).values();
  };
  return {
    async write(statements) {
      using database = new Database(path);
      database.run(statements);
    },
    read,
    tables: async () => {
      const rows = await read(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'people_%' AND name NOT LIKE 'sqlite_%'",
      );
      return rows.flat().map(String);
    },
  };
}

function inPostgres(url: string): RawSql {
  const run = async (statements: string) => {
    await using sql = new SQL(url, { max: 1 });
    return await sql.unsafe(statements);
  };
  const read = async (query: string) => {
    // As JSON: the driver reads large numbers as text.
    const [{ rows }] = await run(
      `SELECT coalesce(json_agg(row_to_json(row)), '[]')::text AS rows FROM (${query}) AS row`,
    );
    return JSON.parse(rows).map((row: object) =>
      Object.values(row).map((value) => (typeof value === "boolean" ? Number(value) : value)),
    );
  };
  return {
    write: async (statements) => void (await run(statements)),
    read,
    tables: async () =>
      (await read("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .flat()
        .map(String),
  };
}
