import { readFileSync } from "node:fs";

import type { Bench, Subject } from "../bench.ts";
import { measureLoad } from "../load_client.ts";
import { CONNECTIONS } from "../reads.ts";
import { quantile } from "../report.ts";
import { navbarRequest } from "../requests.ts";
import { ON_SERVERS_CORE, spawn, type StartOptions, waitUntilReady } from "../servers.ts";
import { prepareStarts } from "../started.ts";
import { row } from "../table.ts";

const GOAL = { atMost: 1.15 };
const PEOPLE = 10_000;
const STARTS = 3;
const REQUESTS = 20_000;
const IDLE_MS = 2000;

/** Resident memory in MiB. */
interface Memory {
  idle: number;
  loaded: number;
}

/** Memory after the start and after navigation bars, beside plain Elysia with the same people. */
export const memory: Subject = {
  name: "memory",
  isCheap: false,
  async measure(bench) {
    const { members, foyer, elysia } = prepareStarts(bench, { name: "memory", people: PEOPLE });
    const requests = members.map((member) => navbarRequest(`localhost:${foyer.port}`, member));
    const own: Memory[] = [];
    const others: Memory[] = [];
    for (let round = 0; round < STARTS && elysia; round += 1) {
      own.push(await measureMemory(foyer, { bench, requests }));
      others.push(await measureMemory(elysia, { bench, requests }));
    }
    return (["idle", "loaded"] as const).map((key) => {
      const ratios = own.map((one, at) => one[key] / (others[at]?.[key] ?? NaN));
      const [its, theirs] = [own, others].map((some) => {
        return quantile(
          some.map((one) => one[key]),
          0.5,
        ).toFixed(0);
      });
      const beside = `Foyer ${its} MiB, Elysia ${theirs} MiB`;
      const work = key === "idle" ? "idle" : `after ${REQUESTS.toLocaleString("en")} requests`;
      return row(`memory ${work}: Foyer / Elysia`, ratios, { goal: GOAL, beside });
    });
  },
};

async function measureMemory(
  { command, env = {}, port }: StartOptions,
  { bench, requests }: { bench: Bench; requests: Uint8Array[] },
): Promise<Memory> {
  const { directory, resources } = bench;
  const options = { resources, cwd: directory, env, stdout: "ignore" } as const;
  const child = spawn([...ON_SERVERS_CORE, ...command], options);
  await waitUntilReady(child, port);
  await Bun.sleep(IDLE_MS);
  const idle = readMemory(child.pid);
  let asked = 0;
  await measureLoad({
    ports: [port],
    connections: CONNECTIONS,
    nextRequest: () => (asked < REQUESTS ? (requests[asked++ % requests.length] ?? null) : null),
  });
  const loaded = readMemory(child.pid);
  child.kill();
  await child.exited;
  return { idle, loaded };
}

/** The resident memory of a process, in MiB (Linux). */
function readMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
