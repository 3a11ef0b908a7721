import { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";
import { STANDBY } from "./errors.ts";

/** How long a connection may take to open. */
const OPENING_MS = 2000;

/** A connection of a pool. It is never opened again. */
export interface Connection {
  readonly sql: SQL;
  /** Resolves when it is open, to a server that takes writes. */
  readonly isOpen: Promise<void>;
  readonly isClosed: boolean;
  /** Gives what still runs `seconds`, and cuts it off then. */
  close(seconds?: number): Promise<void>;
}

/** A standby answers reads, with what was true some time ago. */
class StandbyError extends Error {
  readonly code = STANDBY;
}

/** The server ends what nobody waits for any more, and what a process holds that stands still. */
function limits(deadlineMs: number) {
  return {
    application_name: "foyer",
    statement_timeout: String(deadlineMs),
    lock_timeout: String(deadlineMs),
    idle_in_transaction_session_timeout: String(deadlineMs + 1000),
  };
}

/** Opens a connection of a pool, for work that takes `deadlineMs` at most. */
export function openConnection({ url, isPooled }: PostgresAddress, deadlineMs: number): Connection {
  let isClosed = false;
  const sql = new SQL({
    ...withoutEnvironment(url),
    max: 1,
    prepare: !isPooled,
    connectionTimeout: OPENING_MS / 1000,
    // A pooler accepts no such settings.
    ...(isPooled ? {} : { connection: limits(deadlineMs) }),
    onclose: () => {
      isClosed = true;
    },
  });
  return {
    sql,
    isOpen: requirePrimary(sql),
    get isClosed() {
      return isClosed;
    },
    async close(seconds = 0) {
      isClosed = true;
      await sql.close({ timeout: seconds }).catch(() => {});
    },
  };
}

/** One connection without limits of time, for what takes long: migrating, copying. */
export function openAlone({ url, isPooled }: PostgresAddress): SQL {
  return new SQL({ ...withoutEnvironment(url), max: 1, prepare: !isPooled, connectionTimeout: 10 });
}

async function requirePrimary(sql: SQL): Promise<void> {
  const [row] = await sql`select pg_is_in_recovery() as "isStandby"`.simple();
  if (row.isStandby) throw new StandbyError("A standby");
}

/** What the address says, whatever the environment does. */
function withoutEnvironment(url: string) {
  const { pathname, searchParams } = new URL(url);
  const verifies =
    searchParams.get("sslmode")?.startsWith("verify-") || searchParams.has("sslrootcert");
  return {
    url,
    // PGDATABASE would take its place.
    database: decodeURIComponent(pathname.slice(1)),
    // NODE_TLS_REJECT_UNAUTHORIZED=0 would believe every certificate.
    ...(verifies ? { tls: { rejectUnauthorized: true } } : {}),
  };
}
