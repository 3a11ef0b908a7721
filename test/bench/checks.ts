import { existsSync, readFileSync } from "node:fs";

import { freePort } from "../foyer_process.ts";
import { openConnection } from "./load_client.ts";
import { drawRows, quantile } from "./report.ts";
import { checkRequest, pageRequest, PROTECTED_SITE } from "./requests.ts";
import { seedMembers } from "./seed.ts";
import { type Servers, spawn, waitUntilReady } from "./servers.ts";

/** Where the binary is, and for how long checks are measured. */
export interface ChecksOptions {
  directory: string;
  resources: AsyncDisposableStack;
  ms: number;
}

/** One of those that are asked in turn, each always on one connection. */
interface Asked {
  port: number;
  requests: Uint8Array[];
}

const SESSIONS = 10_000;
/** So many people use the application at the same time. The activity of each is written once a minute. */
const VISITORS = 100;
const WARM_UP_SHARE = 0.2;
const AIM_MS = 1;
/** The unit of a process's time in `/proc`. */
const TICK_US = 10_000;

/**
 * How long a proxy waits for a check of forward auth, and for an application that answers at once. Both are asked in
 * turn, one request at a time; Foyer has its default settings. Returns a table, as text.
 */
export async function measureChecks(
  { floorPort, host, standIn, clientId }: Servers,
  { directory, resources, ms }: ChecksOptions,
): Promise<string> {
  const members = seedMembers(`${directory}/checks.db`, { count: SESSIONS }).slice(0, VISITORS);
  const port = freePort();
  const foyer = spawn([`${directory}/foyer`], {
    resources,
    cwd: directory,
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      ORIGIN: "https://auth.foyer.localhost",
      COOKIE_DOMAIN: "foyer.localhost",
      FORWARD_AUTH_ORIGINS: `${PROTECTED_SITE} members`,
      DATABASE_URL: "file:checks.db",
      GOOGLE_OAUTH2_CLIENT_ID: clientId,
      GOOGLE_JWKS_URL: `${standIn.origin}/oauth2/v3/certs`,
      GOOGLE_ACCOUNTS_URL: standIn.origin,
    },
    stdout: Bun.file(`${directory}/checks.log`),
  });
  await waitUntilReady(foyer, port);
  const asked = [
    { port: floorPort, requests: members.map((member) => pageRequest(host, member)) },
    { port, requests: members.map(checkRequest) },
  ];
  await askInTurn(asked, ms * WARM_UP_SHARE);
  const begun = readCpuUs(foyer);
  const [application = [], checks = []] = await askInTurn(asked, ms);
  const cpuUs = (readCpuUs(foyer) - begun) / checks.length;
  return drawRows([
    ["one request at a time", "median", "99 %", "aim", "CPU", ""],
    ["application alone", inMs(application, 0.5), inMs(application, 0.99), "", "", ""],
    [
      "check of forward auth",
      inMs(checks, 0.5),
      inMs(checks, 0.99),
      `${AIM_MS} ms`,
      Number.isNaN(cpuUs) ? "" : `${Math.round(cpuUs)} µs`,
      quantile(checks, 0.5) < AIM_MS ? "met" : "missed",
    ],
  ]);
}

/** Asks all of them in turn, again and again, and returns how many milliseconds each answer took. */
async function askInTurn(asked: Asked[], ms: number): Promise<number[][]> {
  const connections = await Promise.all(asked.map(({ port }) => openConnection(port)));
  const times = asked.map((): number[] => []);
  const endsAt = performance.now() + ms;
  for (let turn = 0; performance.now() < endsAt; turn += 1) {
    for (const [index, { requests }] of asked.entries()) {
      const begun = performance.now();
      const answer = await connections[index]?.ask(requests[turn % requests.length] as Uint8Array);
      times[index]?.push(performance.now() - begun);
      if (answer?.status !== 200) throw new Error(`Not 200: ${JSON.stringify(answer)}`);
    }
  }
  for (const connection of connections) connection.close();
  return times;
}

/** The processor time that a process has taken, in microseconds; `NaN` where there is no `/proc`. */
function readCpuUs({ pid }: Bun.Subprocess): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  // Behind the name, in parentheses: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = readFileSync(path, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return TICK_US * (Number(fields[11]) + Number(fields[12]));
}

function inMs(times: number[], share: number): string {
  return `${quantile(times, share).toFixed(3)} ms`;
}
