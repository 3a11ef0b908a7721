import { SQL } from "bun";

import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { MACHINE } from "../../src/machine.ts";
import { freePort } from "../foyer_process.ts";
import { type PostgresServer, startPostgres } from "../postgres/server.ts";
import type { SignInOptions } from "./requests.ts";
import { type Member, seedMembers } from "./seed.ts";
import { addSessions, copyMembers } from "./seed_postgres.ts";
import { buildBinary, CLIENT_ID, environment, spawn, waitUntilReady } from "./servers.ts";

/** Foyer processes that share one database. */
export interface Setup {
  name: string;
  /** Where those listen that are asked. */
  ports: number[];
  /** All processes of this database: also one that is not asked looks at the audit log, and seals it. */
  pids: number[];
  /** PostgreSQL's, or `null` for SQLite. */
  postmaster: number | null;
}

/** What is measured, all of it running at the same time. */
export interface PostgresBench extends SignInOptions {
  setups: Setup[];
  members: Member[];
  server: PostgresServer;
  address: string;
  /** A connection that is nobody else's. */
  sql: SQL;
  /** Resolves when every event is chained. */
  settle(): Promise<void>;
  /** Starts one more Foyer on the database at `address`. */
  startFoyer(address: string, name: string): Promise<{ port: number; pid: number }>;
}

/** How much there is of what. */
export interface PostgresBenchOptions {
  members: number;
  /** Further people with a session, in PostgreSQL alone. */
  sessions: number;
  /** Connections of each process to PostgreSQL. */
  pool: number;
}

const PROCESSES = 3;
const SETTLE_MS = 20;
const SETTINGS = { shared_buffers: "512MB", max_wal_size: "4GB" };

/** Builds the binary, and starts one on SQLite and three on one PostgreSQL that waits for the disk. */
export async function startPostgresBench(
  directory: string,
  resources: AsyncDisposableStack,
  { members: count, sessions, pool }: PostgresBenchOptions,
): Promise<PostgresBench> {
  const server = resources.use(await startPostgres({ durable: true, settings: SETTINGS }));
  await buildBinary(directory, resources);
  const standIn = await startGoogleStandIn({ port: 0 });
  resources.defer(() => standIn.stop());
  const members = seedMembers(`${directory}/bench.db`, { count });
  const address = await server.createDatabase();
  await (await openStore(parseDatabase(address), MACHINE)).close();
  const sql = new SQL(address, { max: 1 });
  // Also in the middle of a long statement.
  resources.defer(() => sql.close({ timeout: 0 }));
  await copyMembers(`${directory}/bench.db`, sql);
  if (sessions > 0) await addSessions(sql, sessions);
  await sql.unsafe("vacuum analyze");
  const origin = `http://localhost:${freePort()}`;

  async function startFoyer(database: string, name: string) {
    const port = freePort();
    const env = {
      ...environment({ port, standIn, database }),
      ORIGIN: origin,
      // At the default, the activity of each would become due while they are compared.
      SESSION_MAX_AGE: "86400",
    };
    const stdout = Bun.file(`${directory}/${name}.log`);
    const child = spawn([`${directory}/foyer`], { resources, cwd: directory, env, stdout });
    await waitUntilReady(child, port);
    return { port, pid: child.pid };
  }

  const alone = await startFoyer("file:bench.db", "sqlite");
  const shared: { port: number; pid: number }[] = [];
  while (shared.length < PROCESSES) {
    const name = `postgres_${shared.length + 1}`;
    shared.push(await startFoyer(`${address}?connection_limit=${pool}`, name));
  }
  const pids = shared.map(({ pid }) => pid);
  const ports = shared.map(({ port }) => port);
  return {
    setups: [
      { name: "SQLite, 1 process", ports: [alone.port], pids: [alone.pid], postmaster: null },
      ...ports.map((_, index) => ({
        name: `PostgreSQL, ${index + 1} process${index > 0 ? "es" : ""}`,
        ports: ports.slice(0, index + 1),
        pids,
        postmaster: server.pid,
      })),
    ],
    host: origin.slice("http://".length),
    standIn,
    clientId: CLIENT_ID,
    members,
    server,
    address,
    sql,
    async settle() {
      while ((await sql.unsafe("select 1 from audit_pending limit 1")).length > 0)
        await Bun.sleep(SETTLE_MS);
    },
    startFoyer,
  };
}
