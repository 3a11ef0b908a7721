import { freePort } from "../../foyer_process.ts";
import type { Bench, Subject } from "../bench.ts";
import { ask } from "../load_client.ts";
import { readCpuUs } from "../processor_time.ts";
import { quantile } from "../report.ts";
import { compileServer, ON_SERVERS_CORE, spawn, type StartOptions } from "../servers.ts";
import { prepareStarts } from "../started.ts";
import { type Row, row, type Unit } from "../table.ts";

const GOAL = { atMost: 120 };
const PEOPLE = 1000;
const MS: Unit = { name: " ms", digits: 0 };
const HEALTH = new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
const LOOK_EVERY_MS = 1;

interface Start {
  ms: number;
  cpuMs: number;
}

/** From the start of a process until it has answered for the first time, beside others that are compiled alike. */
export const start: Subject = {
  name: "start",
  isCheap: true,
  async measure(bench) {
    const { foyer, elysia } = prepareStarts(bench, { name: "start", people: PEOPLE });
    const port = freePort();
    const program = await compileServer("peers/empty.ts", bench.directory);
    const empty = { name: "empty server", command: [program, `${port}`], port, database: "" };
    const sides = [foyer, empty, ...(elysia ? [elysia] : [])];
    const starts = sides.map((): Start[] => []);
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const [at, side] of sides.entries()) starts[at]?.push(await measureStart(side, bench));
    }
    return describeStarts(sides, starts, bench);
  },
};

/** The clock counts; quickly, beside other programs, the processor time. */
function describeStarts(sides: StartOptions[], starts: Start[][], { isQuick }: Bench): Row[] {
  const [own = []] = starts;
  const median = (some: Start[], key: keyof Start) =>
    quantile(
      some.map((one) => one[key]),
      0.5,
    ).toFixed(0);
  const others = sides
    .slice(1)
    .map(({ name }, at) => `${name} ${median(starts[at + 1] ?? [], isQuick ? "cpuMs" : "ms")} ms`);
  const [key, other, called] = isQuick
    ? (["cpuMs", "ms", "by the clock"] as const)
    : (["ms", "cpuMs", "of processor time"] as const);
  const beside = [...others, `Foyer ${median(own, other)} ms ${called}`].join("; ");
  const values = own.map((one) => one[key]);
  return [row("start to the first answer", values, { goal: GOAL, unit: MS, beside })];
}

async function measureStart(
  { command, env = {}, port }: StartOptions,
  { directory, resources }: Bench,
): Promise<Start> {
  const begun = performance.now();
  const options = { resources, cwd: directory, env, stdout: "ignore" } as const;
  const child = spawn([...ON_SERVERS_CORE, ...command], options);
  while ((await ask(port, HEALTH).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null) throw new Error("A server did not start");
    await Bun.sleep(LOOK_EVERY_MS);
  }
  const measured = { ms: performance.now() - begun, cpuMs: readCpuUs(child.pid) / 1000 };
  child.kill();
  await child.exited;
  return measured;
}
