import type { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";
import { findMissing, type Migration } from "../migrations.ts";
import { readMigrations } from "../read_migrations.ts" with { type: "macro" };
import { onServer } from "./on_server.ts";

/** Foyer's migrations and those of the application's tables. Each set has its own order. */
const SETS = {
  foyer: readMigrations("postgres/migrations"),
  app: readMigrations("app_migrations/postgres"),
} satisfies Record<string, Migration[]>;

/** The oldest version that works, as `server_version_num` says it. */
const OLDEST_VERSION = 150_000;

/** Whoever has it migrates; the number is Foyer's own. */
const LOCK = 0x466f7972;

/**
 * Applies the missing migrations in one transaction, and returns their names. Of several processes that start together,
 * one migrates and the others wait. Throws `DatabaseServerError`.
 */
export async function migrateServer(address: PostgresAddress): Promise<string[]> {
  return onServer(address, async (sql) => {
    await requireVersion(sql);
    if (await isCurrent(sql)) return [];
    return await sql.begin(async (connection) => {
      await connection`select pg_advisory_xact_lock(${LOCK})`;
      await connection.unsafe(TABLE);
      const pending = await findPending(connection);
      for (const { set, name, hash, statements } of pending) {
        for (const statement of statements) await connection.unsafe(statement);
        await connection`insert into migrations ("set", name, hash) values (${set}, ${name}, ${hash})`;
      }
      return pending.map(({ name }) => name);
    });
  });
}

/** The names of the migrations that a database lacks. Changes nothing. Throws `DatabaseServerError`. */
export async function findMissingMigrations(address: PostgresAddress): Promise<string[]> {
  return onServer(address, async (sql) => {
    await requireVersion(sql);
    const pending = await findPending(sql);
    return pending.map(({ name }) => name);
  });
}

const TABLE = `create table if not exists migrations (
  position integer primary key generated always as identity,
  "set" text not null, name text not null, hash text not null)`;

/** The migrations that a database lacks. Throws an error that says why Foyer cannot use it. */
async function findPending(sql: SQL): Promise<({ set: string } & Migration)[]> {
  const [row] = await sql`select to_regclass('migrations') is not null as "hasTable"`;
  const applied: { set: string; name: string; hash: string }[] = row.hasTable
    ? await sql`select "set", name, hash from migrations order by position`
    : [];
  return Object.entries(SETS).flatMap(([set, known]) => {
    const missing = findMissing(
      applied.filter((one) => one.set === set),
      known,
    );
    return missing.map((migration) => ({ set, ...migration }));
  });
}

async function isCurrent(sql: SQL): Promise<boolean> {
  return (await findPending(sql)).length === 0;
}

async function requireVersion(sql: SQL): Promise<void> {
  const [row] = await sql`show server_version_num`;
  if (Number(row.server_version_num) >= OLDEST_VERSION) return;
  throw new Error("it is older than PostgreSQL 15");
}
