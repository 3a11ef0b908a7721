import { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";

/** How long work may take, the wait for a connection included, in milliseconds. */
export const DEADLINE_MS = 2000;

/** A server that said nothing for so long, while somebody waited for it, is frozen or unreachable. */
const SILENCE_MS = 1500;

/** The connections of a process. They are replaced when their server is silent, and heal by themselves otherwise. */
export interface Pool {
  readonly sql: SQL;
  /** The server has answered, if only with an error. */
  heard(): void;
  /** Nothing came in time. Other connections are tried next, unless others have been answered meanwhile. */
  missed(): void;
  close(): Promise<void>;
}

/** Opens a pool. It connects when it is first used. */
export function createPool(address: PostgresAddress): Pool {
  let sql = open(address);
  let heardAt = performance.now();
  return {
    get sql() {
      return sql;
    },
    heard() {
      heardAt = performance.now();
    },
    missed() {
      if (performance.now() - heardAt < SILENCE_MS) return;
      heardAt = performance.now();
      void sql.close({ timeout: 0 }).catch(() => {});
      sql = open(address);
    },
    close: () => sql.close({ timeout: 1 }),
  };
}

/** One connection without limits of time, for what takes long: migrating, copying. */
export function openAlone({ url, isPooled }: PostgresAddress): SQL {
  return new SQL({ ...withoutEnvironment(url), max: 1, prepare: !isPooled, connectionTimeout: 10 });
}

function open({ url, connections, isPooled }: PostgresAddress): SQL {
  return new SQL({
    ...withoutEnvironment(url),
    max: connections,
    prepare: !isPooled,
    connectionTimeout: DEADLINE_MS / 1000,
    // The server ends what nobody waits for any more. A pooler accepts no such settings.
    ...(isPooled ? {} : { connection: LIMITS }),
  });
}

const LIMITS = {
  application_name: "foyer",
  statement_timeout: String(DEADLINE_MS),
  lock_timeout: String(DEADLINE_MS),
  idle_in_transaction_session_timeout: "10000",
};

/** `PGDATABASE` would take the place of the database in the address. */
function withoutEnvironment(url: string) {
  return { url, database: decodeURIComponent(new URL(url).pathname.slice(1)) };
}
