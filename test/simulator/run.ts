import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { FOUND } from "./exit_codes.ts";
import { findFault } from "./fault_copy.ts";
import { readFind } from "./finds.ts";
import { runSteps } from "./run_steps.ts";
import { shrink } from "./shrink.ts";
import { simulate } from "./simulate.ts";

// `bun run simulate`: README.md in this folder says how.

const SHRINK_MS = 60_000;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    seed: { type: "string", default: "1" },
    steps: { type: "string", default: "20000" },
    engine: { type: "string", default: "sqlite" },
    fault: { type: "string" },
    replay: { type: "string" },
    counts: { type: "boolean", default: false },
    shrink: { type: "boolean", default: true },
  },
});
const [seed, count] = [Number(values.seed), Number(values.steps)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1) {
  throw new RangeError("--seed and --steps must be whole numbers");
}

const { engine } = values;
if (engine !== "sqlite" && engine !== "postgres") {
  throw new RangeError("--engine must be sqlite or postgres");
}

if (values.replay !== undefined) {
  const { what, seed, steps } = readFind(values.replay);
  const { failure } = await runSteps(steps, { seed, engine });
  console.info(failure ? failure.why : `As foretold: ${what}`);
  process.exit(failure ? FOUND : 0);
}

if (values.fault !== undefined) {
  const args = [
    `--seed=${seed}`,
    `--steps=${count}`,
    `--engine=${engine}`,
    ...(values.shrink ? [] : ["--no-shrink"]),
  ];
  const isFound = await findFault(values.fault, { args, output: "inherit" });
  console.info(`The fault "${values.fault}" was ${isFound ? "found" : "NOT FOUND"}.`);
  process.exit(isFound ? 0 : 1);
}

const begun = performance.now();
const counts = new Map<string, number>();
const { hash, found } = await simulate({ seed, count, engine }, (world) => {
  for (const [what, times] of world.counts) counts.set(what, (counts.get(what) ?? 0) + times);
  if (world.failure)
    console.error(`World ${world.seed} failed at step ${world.failure.index + 1}.`);
});
const seconds = (performance.now() - begun) / 1000;
if (values.counts) {
  for (const [what, times] of [...counts].toSorted()) console.info(`${times}\t${what}`);
}
if (!found) {
  const speed = Math.round(count / seconds);
  console.info(
    `${count} steps from seed ${seed} in ${seconds.toFixed(1)} s (${speed} a second): as foretold.`,
  );
  if (engine === "sqlite") console.info(`Hash of all answers, log lines and rows: ${hash}`);
  process.exit(0);
}

console.error(`After ${seconds.toFixed(1)} s:\n${found.why}\n`);
if (!values.shrink) process.exit(FOUND);
const steps = await shrink(found.steps, {
  seed: found.seed,
  engine,
  deadline: Date.now() + SHRINK_MS,
});
const { failure } = await runSteps(steps, { seed: found.seed, engine });
console.error(`\nWith ${steps.length} steps:\n${failure?.why}`);
const path = join(tmpdir(), `simulator_${found.seed}.json`);
await Bun.write(path, JSON.stringify({ what: "…", seed: found.seed, steps }));
console.error(`\nTry them again: bun run simulate --replay ${path}`);
process.exit(FOUND);
