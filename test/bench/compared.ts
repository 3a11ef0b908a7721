import { Database } from "bun:sqlite";
import { copyFileSync } from "node:fs";

import { freePort } from "../foyer_process.ts";
import type { Bench } from "./bench.ts";
import { type FloorPlan, OWN_TABLES } from "./floor/plan.ts";
import { readPlan } from "./read_plan.ts";
import type { SignInOptions } from "./requests.ts";
import { requireSameAnswers } from "./same_answers.ts";
import { type Member, seedMembers } from "./seed.ts";
import { CLIENT_ID, environment, ON_SERVERS_CORE, spawn, waitUntilReady } from "./servers.ts";

/** A server that is measured. */
export interface BenchServer {
  name: string;
  port: number;
  pid: number;
  /** The path of its database. */
  database: string;
}

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

/** Starts Foyer and the floor, each on its own copy of one file of so many people. */
export async function startCompared(
  { directory, resources, standIn, programs }: Bench,
  { name, people }: { name: string; people: number },
): Promise<Compared> {
  const members = seedMembers(`${directory}/${name}.db`, { count: people });
  const floorFile = `${directory}/${name}_floor.db`;
  copyFileSync(`${directory}/${name}.db`, floorFile);
  createOwnTables(floorFile);
  const foyer = await start("Foyer", (port) => ({
    command: [programs.foyer],
    database: `${directory}/${name}.db`,
    env: environment({ port, standIn, database: `file:${name}.db` }),
  }));
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
  const floor = await start("floor", () => ({
    command: [programs.floor, planFile],
    database: floorFile,
    env: {},
    port: floorPort,
  }));
  const assets = [...new Set(read.assets.map(({ path }) => path))];
  const servers = { ...signIn, foyer, floor, members, assets };
  await requireSameAnswers(servers);
  return servers;

  async function start(
    called: string,
    describe: (port: number) => {
      command: string[];
      database: string;
      env: Record<string, string>;
      port?: number;
    },
  ): Promise<BenchServer> {
    const own = freePort();
    const { command, database, env, port = own } = describe(own);
    const stdout = Bun.file(`${directory}/${name}_${called}.log`);
    const child = spawn([...ON_SERVERS_CORE, ...command], {
      resources,
      cwd: directory,
      env,
      stdout,
    });
    await waitUntilReady(child, port);
    return { name: called, port, pid: child.pid, database };
  }
}

function createOwnTables(path: string): void {
  using database = new Database(path);
  database.run(OWN_TABLES);
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}
