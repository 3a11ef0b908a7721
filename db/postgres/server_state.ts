import type { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";
import { onServer } from "./on_server.ts";

/** What a look at a PostgreSQL finds. Nothing is changed or migrated. */
export interface ServerState {
  version: string;
  bytes: number;
  /** It takes no writes: it is a replica, or set so. */
  isReadOnly: boolean;
  /** Whether the connection is encrypted; through pgbouncer, that between it and PostgreSQL. */
  isEncrypted: boolean;
  /** How many connections those have who are no superusers, and how many clients have some. */
  maxConnections: number;
  connections: number;
  isSuperuser: boolean;
  /** Settings that a role or the server has, as PostgreSQL writes them. */
  settings: Record<SettingName, string>;
  /** When the oldest event was recorded that is not chained yet, in milliseconds since 1970, or `null`. */
  oldestPendingAt: number | null;
}

const SETTINGS = [
  "statement_timeout",
  "idle_in_transaction_session_timeout",
  "synchronous_commit",
  "fsync",
  "full_page_writes",
] as const;

type SettingName = (typeof SETTINGS)[number];

/** Looks at a PostgreSQL as Foyer's role. Throws `DatabaseServerError`. */
export function readServerState(address: PostgresAddress): Promise<ServerState> {
  return onServer(address, async (sql) => {
    const [row] = await sql`
      select current_setting('server_version') as version,
        pg_database_size(current_database()) as bytes,
        pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "isReadOnly",
        (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as "isEncrypted",
        current_setting('max_connections')::integer
          - current_setting('superuser_reserved_connections')::integer as "maxConnections",
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
        current_setting('is_superuser')::boolean as "isSuperuser"`;
    return {
      ...row,
      bytes: Number(row.bytes),
      connections: Number(row.connections),
      settings: await readSettings(sql),
      oldestPendingAt: await findOldestPending(sql),
    };
  });
}

async function readSettings(sql: SQL): Promise<Record<SettingName, string>> {
  const names = JSON.stringify(SETTINGS);
  const rows: { name: SettingName; setting: string }[] = await sql`
    select name, setting from pg_settings
    where name in (select json_array_elements_text(${names}::text::json))`;
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting])) as Record<
    SettingName,
    string
  >;
}

async function findOldestPending(sql: SQL): Promise<number | null> {
  const [table] = await sql`select to_regclass('audit_pending') is not null as "isThere"`;
  if (!table.isThere) return null;
  const [row] = await sql`select min(at) as at from audit_pending`;
  return row.at === null ? null : Number(row.at);
}
