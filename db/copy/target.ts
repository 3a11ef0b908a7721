import type { SQL } from "bun";
import { getTableName } from "drizzle-orm";

import { auditPending } from "../postgres/schema.ts";
import { CopyError } from "./copy.ts";

/** Nobody has a reason to work there. */
const LOCK_TIMEOUT = "1s";

/** Throws {@linkcode CopyError} if one of the tables is there and has a row, or an event that waits to be chained. */
export async function requireEmpty(sql: SQL, tables: readonly string[]): Promise<void> {
  for (const name of [...tables, getTableName(auditPending)]) {
    const [found] = await sql`select to_regclass(${`"${name}"`}) is not null as "isThere"`;
    if (!found.isThere) continue;
    // The beginning of the chain, as the migrations make it.
    const where = name === "audit_marks" ? "where seq > 0" : "";
    const rows = await sql.unsafe(`select 1 from "${name}" ${where} limit 1`);
    if (rows.length > 0) throw new CopyError(`it is not empty: its table ${name} has rows`);
  }
}

/** Keeps servers that run there from writing, until the end of the transaction. */
export async function lockTables(connection: SQL, tables: readonly string[]): Promise<void> {
  // A role may have limits of its own.
  await connection.unsafe("set local statement_timeout = 0");
  await connection.unsafe("set local idle_in_transaction_session_timeout = 0");
  await connection.unsafe(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
  const list = [...tables, getTableName(auditPending)].map((name) => `"${name}"`).join(", ");
  await connection.unsafe(`lock table ${list} in share row exclusive mode`);
}

/** Lets rows refer to those that come later. What is returned checks all of them, and makes it as it was. */
export async function deferReferences(connection: SQL): Promise<() => Promise<void>> {
  const references: { table: string; name: string }[] = await connection`
    select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint
    where contype = 'f' and not condeferrable and connamespace = current_schema()::regnamespace`;
  for (const { table, name } of references) {
    await connection.unsafe(`alter table ${table} alter constraint ${name} deferrable`);
  }
  await connection.unsafe("set constraints all deferred");
  return async () => {
    await connection.unsafe("set constraints all immediate");
    for (const { table, name } of references) {
      await connection.unsafe(`alter table ${table} alter constraint ${name} not deferrable`);
    }
  };
}

/** Drops the index of the search: to build it once is many times faster. What is returned does that. */
export async function dropSearchIndex(connection: SQL): Promise<() => Promise<void>> {
  const [index] = await connection`
    select pg_get_indexdef(to_regclass('people_search_keys')) as definition`;
  await connection.unsafe("drop index people_search_keys");
  return async () => void (await connection.unsafe(index.definition));
}

/** Lets nobody count people one by one. What is returned counts them once: there were none before. */
export async function countAtOnce(connection: SQL): Promise<() => Promise<void>> {
  await connection.unsafe("alter table users disable trigger counters_people_more");
  return async () => {
    await connection.unsafe("alter table users enable trigger counters_people_more");
    await connection.unsafe(
      "insert into counter_changes (name, change) select 'people', count(*) from users",
    );
  };
}
