import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runLoad } from "../bench/load_run.ts";
import { startLoadServer } from "../bench/load_server.ts";
import { createSeeded } from "../chance.ts";

const PEOPLE = 300;
const REQUESTS = 4000;
const SAMPLE_EVERY = 100;
/** A leak of 8 KiB a request would be more. */
const MOST_GROWTH_MIB = 16;

const directory = mkdtempSync(join(tmpdir(), "foyer-load-"));
const resources = new AsyncDisposableStack();
afterAll(async () => {
  await resources.disposeAsync();
  rmSync(directory, { recursive: true });
});

// `bun test/bench/load.ts` does this with 10,000 people, and measures.
test("under load nobody is lost, nobody is mixed up, and memory stays", async () => {
  const seed = Number(process.env.TROUBLE_SEED ?? 20_261_126);
  console.info(`seed ${seed}`);
  const server = await startLoadServer(directory, resources, { people: PEOPLE });
  const memory: number[] = [];
  const { faults, signedIn, renewed } = await runLoad({
    ...server,
    requests: REQUESTS,
    random: createSeeded(seed),
    onAnswer(count) {
      if (count % SAMPLE_EVERY === 0) memory.push(server.readMemory());
    },
  });
  expect(faults).toEqual([]);
  expect(signedIn.found).toBe(signedIn.expected);
  expect(renewed).toBeGreaterThan(PEOPLE / 2);
  expect(server.verifyAudit()).toContain("is intact");
  const early = median(memory.slice(memory.length / 4, memory.length / 2));
  const late = median(memory.slice(-Math.ceil(memory.length / 8)));
  expect(late - early).toBeLessThan(MOST_GROWTH_MIB);
}, 120_000);

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
