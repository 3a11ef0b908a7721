import { startProxiedFoyer, STRANGER } from "../examples/proxied_foyer.ts";
import type { ProxyKind } from "../examples/start_proxy.ts";
import { startFoyerProcess } from "../foyer_process.ts";
import { createKeepAliveClient } from "./keep_alive_client.ts";
import { type LoadCounts, startLoad } from "./restart_load.ts";

/** What to restart how often. */
export interface RestartOptions {
  /** The command of Foyer; from source unless said otherwise. */
  command?: string[];
  restarts: number;
}

/** What came of it. Times are in milliseconds, one for each restart. */
export interface RestartReport extends LoadCounts {
  /** From SIGTERM to the end of the process. */
  stopMs: number[];
  /** From the start of the process until it listens. */
  startMs: number[];
  /** Requests that Foyer has cut off. */
  cutOff: number;
  exitCodes: Set<number | null>;
  /** GETs that clients sent a second time by themselves. */
  sentAgain: number;
}

const CLIENTS = 8;
/** So many requests of each method between two restarts: more than one for each client. */
const BETWEEN = 20;
const STOPPED = /"event":"stopped".*"cut_off":(\d+)/;

/** Restarts Foyer behind a real proxy, with what `foyer example` prints, while clients read and sign in. */
export async function restartUnderLoad(
  kind: ProxyKind,
  { command = [process.execPath, "src/main.ts"], restarts }: RestartOptions,
): Promise<RestartReport> {
  const env = { SHUTDOWN_SECONDS: "10", SIGN_IN_LIMIT: "0" };
  const scene = await startProxiedFoyer(kind, { command, env });
  const { origin, certificate } = scene.proxy;
  const place = { ca: certificate.pem, localAddress: STRANGER };
  const clients = Array.from({ length: CLIENTS }, () => createKeepAliveClient(origin, place));
  const load = startLoad(clients, scene.google);
  const [stopMs, startMs]: [number[], number[]] = [[], []];
  const exitCodes = new Set<number | null>();
  let { foyer } = scene;
  let cutOff = 0;
  try {
    for (let restart = 0; restart < restarts; restart += 1) {
      await load.more(BETWEEN);
      const { exitCode, ms } = await foyer.stop("SIGTERM");
      exitCodes.add(exitCode);
      stopMs.push(ms);
      cutOff += Number(STOPPED.exec(foyer.output())?.[1] ?? Number.NaN);
      const begun = performance.now();
      foyer = await startFoyerProcess(command, foyer);
      startMs.push(performance.now() - begun);
    }
    await load.more(BETWEEN);
    await load.stop();
    const sentAgain = clients.reduce((sum, client) => sum + client.sentAgain, 0);
    return { ...load.counts, stopMs, startMs, cutOff, exitCodes, sentAgain };
  } finally {
    await foyer.stop("SIGKILL");
    await scene.stop();
  }
}

/** The report on a line, for people. */
export function describeReport(name: string, report: RestartReport): string {
  const { gets, lostGets, posts, lostPosts, instead, cutOff, slowestMs } = report;
  const others = Object.entries(instead).map(([what, count]) => `${count} × ${what}`);
  return [
    `${name}: ${report.stopMs.length} restarts`,
    `${lostGets} of ${gets} GETs lost${report.sentAgain > 0 ? ` (${report.sentAgain} sent again by the client)` : ""}`,
    `${lostPosts} of ${posts} POSTs lost${others.length > 0 ? ` (${others.join(", ")})` : ""}`,
    `${cutOff} cut off`,
    `stop ${middle(report.stopMs)} ms, start ${middle(report.startMs)} ms (medians)`,
    `the slowest answer ${Math.round(slowestMs)} ms`,
  ].join("; ");
}

function middle(times: number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
