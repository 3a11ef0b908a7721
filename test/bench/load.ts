import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

import { createSeeded } from "../chance.ts";
import { leaveCoreToServer } from "./cores.ts";
import { drawTimes, runLoad } from "./load_run.ts";
import { startLoadServer } from "./load_server.ts";

// `bun test/bench/load.ts [--people N] [--requests N] [--seed N] [--memory]`: many people who read,
// sign in and out, with one core for Foyer and one for the load. It fails if one answer is wrong or another's, or if
// somebody is lost. With `--memory` it fails as well if the server's memory grows.

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "10000" },
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    memory: { type: "boolean", default: false },
  },
});
const [people, requests, seed] = [values.people, values.requests, values.seed].map(Number);
const SAMPLES = 40;
/** SQLite keeps this much of the file in memory (db/sqlite/database_file.ts). */
const CACHE_MIB = 64;
const MOST_GROWTH = 0.1;

const before = leaveCoreToServer();
console.info(`seed ${seed}; ${people} people, ${requests} requests`);
if (before.length === 0)
  console.info("Foyer and the load share their cores: there is no taskset, or one core");

const resources = new AsyncDisposableStack();
const directory = mkdtempSync(`${tmpdir()}/foyer_load_`);
try {
  const server = await startLoadServer(directory, resources, {
    people: people ?? 0,
    before,
  });
  const own: number[] = [];
  const every = Math.floor((requests ?? 0) / SAMPLES);
  const { times, faults, signedIn, renewed, seconds } = await runLoad({
    ...server,
    requests: requests ?? 0,
    random: createSeeded(seed ?? 0),
    onAnswer(count) {
      if (!values.memory || count % every !== 0) return;
      const { database, log } = server.readFileSizes();
      const memory = server.readMemory();
      own.push(memory - Math.min(database, CACHE_MIB));
      const sizes = `memory ${memory.toFixed(0)} MiB, file ${database.toFixed(0)}, log ${log.toFixed(0)}`;
      console.info(`${count} requests: ${sizes}`);
    },
  });
  console.info(drawTimes(times));
  const rate = Math.round((requests ?? 0) / seconds);
  const still = `${signedIn.found} of ${signedIn.expected} are still signed in`;
  console.info(`${rate} a second; ${renewed} tokens were renewed; ${still}`);
  console.info(server.verifyAudit());
  if (values.memory) faults.push(...findGrowth(own));
  console.info(`${faults.length} faults`);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await resources.disposeAsync();
  rmSync(directory, { recursive: true });
}
process.exit();

/** Compares the second quarter of the samples with the last. */
function findGrowth(samples: number[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  const median = (some: number[]) =>
    some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  const said = `without the file's pages ${early.toFixed(0)} MiB, and ${late.toFixed(0)} MiB at the end`;
  console.info(said);
  return late > early * (1 + MOST_GROWTH) ? [`The memory grows: ${said}`] : [];
}
