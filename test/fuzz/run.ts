import { parseArgs } from "node:util";

import { type Binary, startBinary } from "./binary.ts";
import { targetOf, tryCorpus } from "./corpus.ts";
import { countObjects, judgeGrowth } from "./memory.ts";
import { openSlowClients } from "./slow_clients.ts";
import { type Target, tryTarget } from "./target.ts";
import { createTarget, isInProcess, TARGETS } from "./targets.ts";
import { socketTarget } from "./targets/socket.ts";

const USAGE = `bun run fuzz [--seconds N | --cases N] [--seed S] [--target NAME]   by default for a minute
bun run fuzz --target NAME --seed S --path P                        one case that was found
bun run fuzz --file NAME.json                                       one file of the corpus

Targets: ${[...TARGETS, "socket"].join(", ")}`;

/** Enough to see what is wrong. */
const MAX_FINDS = 10;

/** How many connections stay slow during a run, and when the server has ended each, in milliseconds. */
const SLOW_CLIENTS = 210;
const CUT_OFF_MS = 20_000;

/** What a target came to. */
interface Total {
  target: Target;
  cases: number;
  seconds: number;
  slowest: { ms: number; one: unknown };
}

let binary: Binary | null = null;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

async function makeTarget(name: string): Promise<Target> {
  if (isInProcess(name)) return createTarget(name);
  if (name !== "socket") throw new Error(`There is no target "${name}".\n${USAGE}`);
  binary ??= await startBinary();
  return socketTarget(binary) as unknown as Target;
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    cases: { type: "string" },
    seed: { type: "string" },
    target: { type: "string" },
    path: { type: "string" },
    file: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.info(USAGE);
  process.exit(0);
}
const only = values.file ? targetOf(values.file) : values.target;
// Never negative: `parseArgs` would take it for an option.
const seed = Number(values.seed ?? (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 2);
const names = only ? [only] : [...TARGETS, "socket"];
const totals: Total[] = [];
for (const name of names) {
  const target = await makeTarget(name);
  totals.push({ target, cases: 0, seconds: 0, slowest: { ms: 0, one: null } });
}
const finds: string[] = [];

function note(text: string): void {
  finds.push(text);
  console.error(`\nFOUND ${text}\n`);
}

console.info(`seed ${seed}`);
if (values.path) await replay(values.path);
else {
  await runCorpus();
  if (!values.file) await runRounds();
  for (const { target } of totals) {
    const wrong = await target.finish?.();
    if (wrong) note(`${target.name}: ${wrong}`);
  }
}
await (binary as Binary | null)?.remove();
console.info(finds.length > 0 ? `\n${finds.length} found` : "\nnothing found");
process.exit(finds.length > 0 ? 1 : 0);

async function replay(path: string): Promise<void> {
  const [total] = totals as [Total];
  const { find } = await tryTarget(total.target, { seed, cases: 1, path });
  if (find) note(`${find.target}: ${find.wrong}\n  ${JSON.stringify(find.one)}`);
}

async function runCorpus(): Promise<void> {
  let cases = 0;
  for (const { target } of totals) {
    const tried = await tryCorpus(target, values.file);
    cases += tried.cases;
    tried.wrong.forEach(note);
  }
  console.info(`${cases} cases of the corpus`);
}

/** Rounds over all targets until time or cases are over. The first round warms up; memory is counted from there. */
async function runRounds(): Promise<void> {
  const most = Number(values.cases ?? Number.POSITIVE_INFINITY);
  const seconds = Number(values.seconds ?? (values.cases ? Number.POSITIVE_INFINITY : 60));
  const end = performance.now() + seconds * 1000;
  const count = () => totals.reduce((sum, { cases }) => sum + cases, 0);
  const begunAt = performance.now();
  const slow = binary && (await openSlowClients(binary as Binary, SLOW_CLIENTS));
  let objects = 0;
  const known = finds.length;
  for (
    let round = 0;
    count() < most && performance.now() < end && finds.length - known < MAX_FINDS;
    round += 1
  ) {
    for (const total of totals) await runRound(total, seed + round);
    if (round === 0) objects = countObjects();
  }
  const isLong = performance.now() - begunAt > CUT_OFF_MS;
  if (slow && isLong && slow.open() > 0)
    note(`socket: ${slow.open()} slow clients are still served`);
  slow?.close();
  const grown = judgeGrowth(objects, countObjects());
  // A find keeps objects of its own.
  if (grown && finds.length === 0) note(`memory: ${grown}`);
  for (const { target, cases, seconds: spent, slowest } of totals) {
    const rate = `${Math.round(cases / spent)} a second`.padStart(16);
    const odd = slowest.ms < 100 ? "" : `  ${JSON.stringify(slowest.one).slice(0, 200)}`;
    const line = `${target.name.padEnd(16)}${String(cases).padStart(9)} cases ${rate}`;
    console.info(`${line}   slowest ${slowest.ms.toFixed(1)} ms${odd}`);
  }
  console.info(`${count()} cases in all; objects at first ${objects}, then ${countObjects()}`);
}

async function runRound(total: Total, roundSeed: number): Promise<void> {
  const begunAt = performance.now();
  const batch = await tryTarget(total.target, { seed: roundSeed, cases: total.target.round });
  total.seconds += (performance.now() - begunAt) / 1000;
  total.cases += batch.cases;
  if (batch.slowest.ms > total.slowest.ms) total.slowest = batch.slowest;
  const { find } = batch;
  if (!find) return;
  note(`${find.target}: ${find.wrong}\n  ${JSON.stringify(find.one)}\n  ${find.command}`);
}
