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
    await requireUsable(sql);
    if ((await findPending(sql)).length === 0) return [];
    return await sql.begin(READ_COMMITTED, async (connection) => {
      await connection.unsafe(PATIENT);
      await connection`select pg_advisory_xact_lock(${LOCK})`;
      await connection.unsafe(TABLE);
      const pending = await findPending(connection);
      for (const { set, name, hash, statements } of pending) {
        for (const statement of statements) await connection.unsafe(inOwnSchema(statement));
        await connection`insert into migrations ("set", name, hash) values (${set}, ${name}, ${hash})`;
      }
      return pending.map(({ name }) => name);
    });
  });
}

/** The names of the migrations that a database lacks. Changes nothing. Throws `DatabaseServerError`. */
export async function findMissingMigrations(address: PostgresAddress): Promise<string[]> {
  return onServer(address, async (sql) => {
    await requireUsable(sql);
    const pending = await findPending(sql);
    return pending.map(({ name }) => name);
  });
}

/** With a snapshot from before it waited, a process would not see what the other one has migrated. */
const READ_COMMITTED = "isolation level read committed";

/** A role may have limits, which are for a request. But a process that is gone must not keep the lock for ever. */
const PATIENT = `select set_config(name, case name when 'idle_in_transaction_session_timeout' then '60000' else '0' end, true)
  from pg_settings where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`;

const TABLE = `create table if not exists migrations (
  position integer primary key generated always as identity,
  "set" text not null, name text not null, hash text not null)`;

/** The migrations that a database lacks. Throws an error that says why Foyer cannot use it. */
async function findPending(sql: SQL): Promise<({ set: string } & Migration)[]> {
  const [table] = await sql`
    select exists (select from pg_attribute where attrelid = oid and attname = 'hash') as "isOurs",
      has_table_privilege(to_regclass(quote_ident(current_schema()) || '.users'), 'insert') as "mayWrite"
    from pg_class where oid = to_regclass(quote_ident(current_schema()) || '.migrations')`;
  if (table && !table.isOurs) throw new Error("it has tables of another program");
  const applied: { set: string; name: string; hash: string }[] = table
    ? await sql`select "set", name, hash from migrations order by position`
    : [];
  if (applied.length > 0 && !table.mayWrite)
    throw new Error("the user may not write to its tables");
  return Object.entries(SETS).flatMap(([set, known]) => {
    const missing = findMissing(
      applied.filter((one) => one.set === set),
      known,
    );
    return missing.map((migration) => ({ set, ...migration }));
  });
}

/** Foyer's tables are where the user's `search_path` begins. Drizzle writes `public` where one refers to another. */
function inOwnSchema(statement: string): string {
  return statement.replaceAll('"public".', "");
}

async function requireUsable(sql: SQL): Promise<void> {
  const [row] =
    await sql`select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`;
  const fault = findServerFault(row);
  if (fault) throw new Error(fault);
}

/** Why Foyer cannot work with a server that says this of itself; `null` if it can. */
export function findServerFault(server: { version: number; encoding: string }): string | null {
  if (server.version < OLDEST_VERSION) return "it is older than PostgreSQL 15";
  return server.encoding === "UTF8" ? null : `its encoding is ${server.encoding}, not UTF8`;
}
