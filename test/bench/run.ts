import { parseArgs } from "node:util";

import { createBench, type Subject } from "./bench.ts";
import { canPin, leaveServersCore } from "./servers.ts";
import { activity } from "./subjects/activity.ts";
import { assets } from "./subjects/assets.ts";
import { auditLog } from "./subjects/audit_log.ts";
import { checks } from "./subjects/checks.ts";
import { growth } from "./subjects/growth.ts";
import { memory } from "./subjects/memory.ts";
import { mixed } from "./subjects/mixed.ts";
import { navbar } from "./subjects/navbar.ts";
import { overview } from "./subjects/overview.ts";
import { page } from "./subjects/page.ts";
import { signIn } from "./subjects/sign_in.ts";
import { start } from "./subjects/start.ts";
import { streams } from "./subjects/streams.ts";
import { sweep } from "./subjects/sweep.ts";
import { drawTable, type Row } from "./table.ts";

// `bun run bench [--rounds N] [--only navbar,page] [--quick]`: the table of test/README.md. With `--quick` a few seconds
// of what is cheap, and it fails if something misses half of its goal.

const SUBJECTS: readonly Subject[] = [
  navbar,
  activity,
  page,
  assets,
  signIn,
  mixed,
  growth,
  overview,
  sweep,
  auditLog,
  streams,
  checks,
  start,
  memory,
];
const RECORDED_ROUNDS = 12;
const QUICK_ROUNDS = 3;

const { values } = parseArgs({
  options: {
    rounds: { type: "string" },
    only: { type: "string" },
    people: { type: "string", default: "1000000" },
    quick: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? QUICK_ROUNDS : RECORDED_ROUNDS));
const wanted = chooseSubjects(values.only?.split(","));

const resources = new AsyncDisposableStack();
let cleaned: Promise<void> | null = null;
const cleanUp = () => (cleaned ??= resources.disposeAsync());
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => cleanUp().finally(() => process.exit(130)));
}
try {
  const rows = await measureAll();
  console.info(`\n${drawTable(rows)}`);
  const farOff = rows.filter(({ isFarOff }) => isFarOff);
  if (values.quick && farOff.length > 0) {
    console.error(`Below half of the goal: ${farOff.map(({ work }) => work).join(", ")}`);
    process.exitCode = 1;
  }
} finally {
  await cleanUp();
}
process.exit();

function chooseSubjects(names: string[] | undefined): readonly Subject[] {
  const unknown = names?.filter((name) => !SUBJECTS.some((subject) => subject.name === name)) ?? [];
  if (Number.isInteger(rounds) && rounds > 0 && unknown.length === 0) {
    return SUBJECTS.filter(({ name, isCheap }) =>
      names ? names.includes(name) : isCheap || !values.quick,
    );
  }
  const known = SUBJECTS.map(({ name }) => name).join(",");
  console.error(`--rounds takes a whole number above 0, --only some of ${known}`);
  process.exit(2);
}

async function measureAll(): Promise<Row[]> {
  const options = {
    rounds,
    sliceMs: values.quick ? 300 : 1000,
    isQuick: values.quick,
    many: Number(values.people),
  };
  const bench = await createBench(options, resources);
  leaveServersCore();
  const cores = canPin ? "servers on one core, the load on another" : "all on the same cores";
  console.info(`${rounds} rounds of slices in turn, ${cores}; ratios of processor time`);
  const rows: Row[] = [];
  for (const subject of wanted) {
    const begun = performance.now();
    try {
      const own = await subject.measure(bench);
      rows.push(...own);
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      console.info(`\n${subject.name}, ${seconds} s\n${drawTable(own)}`);
    } catch (error) {
      // The others are measured all the same.
      console.error(`\n${subject.name} could not be measured`, error);
      process.exitCode = 1;
    }
  }
  return rows;
}
