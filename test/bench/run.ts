import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

import { measureChecks } from "./checks.ts";
import { measureLoad } from "./load_client.ts";
import { requireSameAnswers } from "./plan.ts";
import { drawTable, type Pair } from "./report.ts";
import { navbarRequest, pageRequest, signInRequests } from "./requests.ts";
import { type Servers, startServers } from "./servers.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    slice: { type: "string", default: "1000" },
  },
});
const ROUNDS = positive("rounds");
const SLICE_MS = positive("slice");
const WARM_UP_ROUNDS = 2;
const CONNECTIONS = 8;
/** Sign-ins are timed by the piece, as each takes a token that was signed before the clock started. */
const SIGN_INS_TO_WARM_UP = 1000;

const resources = new AsyncDisposableStack();
let cleaned: Promise<void> | null = null;
const cleanUp = () => (cleaned ??= resources.disposeAsync());
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => cleanUp().finally(() => process.exit(130)));
}
try {
  const directory = mkdtempSync(`${tmpdir()}/foyer_bench_`);
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  const servers = await startServers(directory, resources);
  await requireSameAnswers(servers);
  const checks = { directory, resources, ms: (ROUNDS * SLICE_MS) / 4 };
  console.info(`${await measureChecks(servers, checks)}\n`);
  console.info(
    `${ROUNDS} rounds of two slices of ${SLICE_MS} ms, one for each server, ${CONNECTIONS} connections;`,
    "median and quartiles of the paired ratios\n",
  );
  console.info(await measureAll(servers));
} finally {
  await cleanUp();
}

function positive(option: "rounds" | "slice"): number {
  const value = Number(values[option]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${option} must be a whole number above 0, not "${values[option]}"`);
  process.exit(2);
}

async function measureAll(servers: Servers): Promise<string> {
  const { host, members } = servers;
  const navbars = members.map((member) => navbarRequest(host, member));
  const pages = members.map((member) => pageRequest(host, member));
  return drawTable([
    { subject: { name: "navbar", aim: 0.6 }, pairs: await measureReads(servers, navbars) },
    { subject: { name: "page", aim: 0.8 }, pairs: await measureReads(servers, pages) },
    // Last, as each leaves a session behind.
    { subject: { name: "sign-in", aim: 0.8 }, pairs: await measureSignIns(servers) },
  ]);
}

/** Slices of a fixed time, over the same requests again and again. */
async function measureReads(servers: Servers, requests: Uint8Array[]): Promise<Pair[]> {
  const pairs = await measurePairs(servers, WARM_UP_ROUNDS + ROUNDS, () => {
    let next = 0;
    const idleEndsAt = performance.now() + SLICE_MS;
    return () =>
      performance.now() < idleEndsAt ? (requests[next++ % requests.length] as Uint8Array) : null;
  });
  return pairs.slice(WARM_UP_ROUNDS);
}

/** Slices of a fixed number, each of new tokens. */
async function measureSignIns(servers: Servers): Promise<Pair[]> {
  const [warmUp] = await measureSignInRounds(servers, { rounds: 1, count: SIGN_INS_TO_WARM_UP });
  const count = Math.ceil(((warmUp?.floor ?? 0) * SLICE_MS) / 1000);
  return await measureSignInRounds(servers, { rounds: ROUNDS, count });
}

async function measureSignInRounds(
  servers: Servers,
  { rounds, count }: { rounds: number; count: number },
): Promise<Pair[]> {
  const requests = await signInRequests(servers, { ...servers, count: rounds * count });
  return await measurePairs(servers, rounds, (round) => {
    const own = requests.slice(round * count, (round + 1) * count).values();
    return () => own.next().value ?? null;
  });
}

/** One slice for each server a round, in turn the one and the other first. */
async function measurePairs(
  { binaryPort, floorPort }: Servers,
  rounds: number,
  startSlice: (round: number) => () => Uint8Array | null,
): Promise<Pair[]> {
  const measure = (port: number, round: number) =>
    measureLoad({ ports: [port], connections: CONNECTIONS, nextRequest: startSlice(round) });
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const isBinaryFirst = round % 2 === 0;
    const first = await measure(isBinaryFirst ? binaryPort : floorPort, round);
    const second = await measure(isBinaryFirst ? floorPort : binaryPort, round);
    pairs.push(isBinaryFirst ? { binary: first, floor: second } : { binary: second, floor: first });
  }
  return pairs;
}
