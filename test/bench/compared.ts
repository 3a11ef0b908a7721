import { Database } from "bun:sqlite";
import { copyFileSync } from "node:fs";

import { freePort } from "../foyer_process.ts";
import { touchSessions } from "./add_sessions.ts";
import type { Bench } from "./bench.ts";
import { type FloorPlan, OWN_TABLES } from "./floor/plan.ts";
import { readPlan } from "./read_plan.ts";
import type { SignInOptions } from "./requests.ts";
import { requireSameAnswers } from "./same_answers.ts";
import type { Member } from "./seed.ts";
import { type BenchServer, CLIENT_ID, environment, startServer } from "./servers.ts";

/** Servers that are up at the same time, and what requests to them are made of. */
export interface Compared extends SignInOptions {
  foyer: BenchServer;
  floor: BenchServer;
  /** Each has a session. */
  members: Member[];
  /** The paths of what a page loads. */
  assets: string[];
}

const LIFETIME_MS = 604_800_000;
const MAX_AGE_MS = 600_000;

/** Starts Foyer and the floor, each on its own copy of one file that `seed` makes. */
export async function startCompared(
  bench: Bench,
  { name, seed }: { name: string; seed: (path: string) => Member[] },
): Promise<Compared> {
  const { directory, standIn, programs } = bench;
  const members = seed(`${directory}/${name}.db`);
  const floorFile = `${directory}/${name}_floor.db`;
  copyFileSync(`${directory}/${name}.db`, floorFile);
  createOwnTables(floorFile);
  const port = freePort();
  const foyer = await startServer(bench, {
    name: "Foyer",
    command: [programs.foyer],
    port,
    database: `${directory}/${name}.db`,
    env: environment({ port, standIn, database: `file:${name}.db` }),
  });
  // A seed may take minutes.
  touchSessions(foyer.database, members);
  const signIn = { host: `localhost:${foyer.port}`, standIn, clientId: CLIENT_ID };
  const read = await readPlan(foyer.port, { signIn, member: members[0] as Member });
  const keys = await (await fetch(`${standIn.origin}/oauth2/v3/certs`)).json();
  const floorPort = freePort();
  const plan: FloorPlan = {
    ...read,
    keys: keys as FloorPlan["keys"],
    port: floorPort,
    databasePath: floorFile,
    clientId: CLIENT_ID,
    sessionLifetimeMs: LIFETIME_MS,
    sessionMaxAgeMs: MAX_AGE_MS,
  };
  const planFile = `${directory}/${name}_plan.json`;
  await Bun.write(planFile, JSON.stringify(plan));
  const command = [programs.floor, planFile];
  const floor = await startServer(bench, {
    name: "floor",
    command,
    port: floorPort,
    database: floorFile,
  });
  const assets = [...new Set(read.assets.map(({ path }) => path))];
  const servers = { ...signIn, foyer, floor, members, assets };
  await requireSameAnswers(servers);
  return servers;
}

function createOwnTables(path: string): void {
  using database = new Database(path);
  database.run(OWN_TABLES);
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}
