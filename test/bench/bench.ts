import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { type Compared, startCompared } from "./compared.ts";
import { type Million, startMillion } from "./million.ts";
import { type Peers, startPeers } from "./peers.ts";
import { seedMembers } from "./seed.ts";
import { buildBinary, compileServer } from "./servers.ts";
import type { Row } from "./table.ts";

/** How thoroughly is measured. */
export interface BenchOptions {
  rounds: number;
  sliceMs: number;
  isQuick: boolean;
  /** How many people there are where there are many: a million. */
  many: number;
}

/** What all subjects have in common. */
export interface Bench extends BenchOptions {
  directory: string;
  resources: AsyncDisposableStack;
  standIn: GoogleStandIn;
  /** The paths of the compiled servers. */
  programs: { foyer: string; floor: string; hono?: string; elysia?: string };
  /** The servers that several subjects measure, started when first needed. */
  compared(): Promise<Compared>;
  peers(): Promise<Peers>;
  million(): Promise<Million>;
}

/** One part of the table. */
export interface Subject {
  name: string;
  /** Whether it is measured in the quick mode. */
  isCheap: boolean;
  measure(bench: Bench): Promise<Row[]>;
}

const PEOPLE = 10_000;
const PEOPLE_WHEN_QUICK = 1000;

/** Compiles what is measured, in a folder that `resources` deletes. */
export async function createBench(
  options: BenchOptions,
  resources: AsyncDisposableStack,
): Promise<Bench> {
  const directory = mkdtempSync(`${tmpdir()}/foyer_bench_`);
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  const standIn = await startGoogleStandIn({ port: 0 });
  resources.defer(() => standIn.stop());
  await buildBinary(directory, resources);
  const programs = {
    foyer: `${directory}/foyer`,
    floor: await compileServer("floor/server.ts", directory),
    ...(options.isQuick ? {} : await compilePeers(directory)),
  };
  let compared: Promise<Compared> | null = null;
  let peers: Promise<Peers> | null = null;
  let million: Promise<Million> | null = null;
  const count = options.isQuick ? PEOPLE_WHEN_QUICK : PEOPLE;
  const seed = (path: string) => seedMembers(path, { count });
  const bench: Bench = {
    ...options,
    directory,
    resources,
    standIn,
    programs,
    compared: () => (compared ??= startCompared(bench, { name: "compared", seed })),
    million: () => (million ??= startMillion(bench)),
    peers: () => (peers ??= bench.compared().then((servers) => startPeers(bench, servers))),
  };
  return bench;
}

async function compilePeers(directory: string) {
  return {
    hono: await compileServer("peers/hono.tsx", directory),
    elysia: await compileServer("peers/elysia.tsx", directory),
  };
}
