import { PATHS } from "../../../src/paths.ts";
import type { Subject } from "../bench.ts";
import { openStreams } from "../event_streams.ts";
import { readCpuUs } from "../processor_time.ts";
import { readRequest } from "../requests.ts";
import { runCommand } from "../run_command.ts";
import { startServer } from "../servers.ts";
import { prepareStarts } from "../started.ts";
import { row, type Unit } from "../table.ts";
import { longestWait, measureQuiet, measureWaits } from "../waits.ts";

const STREAMS = 10_000;
/** Two heartbeats of each. */
const IDLE_MS = 10_000;
const HEARTBEAT_GOAL = { atMost: 5 };
const PERCENT: Unit = { name: " %", digits: 1 };

/** Ten thousand people with an open page: what they cost while nothing happens, and when all are told at once. */
export const streams: Subject = {
  name: "streams",
  isCheap: false,
  async measure(bench) {
    const { members, foyer } = prepareStarts(bench, { name: "streams", people: STREAMS });
    const server = await startServer(bench, foyer);
    const host = `localhost:${server.port}`;
    const open = await openStreams({ port: server.port, host }, members);
    const before = readCpuUs(server.pid);
    await Bun.sleep(IDLE_MS);
    const share = ((readCpuUs(server.pid) - before) / 1000 / IDLE_MS) * 100;
    const requests = [readRequest(host, { path: PATHS.page, token: null })];
    const asking = { port: server.port, requests };
    const quiet = await measureQuiet(asking);
    const begun = performance.now();
    // Another process signs everybody out.
    const ended = runCommand(bench, foyer, ["sessions", "end", "--all"]);
    const times = await measureWaits(asking, Promise.all([ended, open.told]));
    const beside = `${quiet}; the last was told after ${((performance.now() - begun) / 1000).toFixed(1)} s`;
    open.close();
    const count = open.count.toLocaleString("en");
    return [
      row(`heartbeats of ${count} streams`, [share], {
        goal: HEARTBEAT_GOAL,
        unit: PERCENT,
        beside: "of one core",
      }),
      longestWait(`longest wait while ${count} streams are told`, times, beside),
    ];
  },
};
