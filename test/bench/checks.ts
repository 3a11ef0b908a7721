import { isRunnable, nginx } from "../examples/start_proxy.ts";
import { freePort } from "../foyer_process.ts";
import { chooseSites, startCheckProxy } from "./check_proxy.ts";
import { openConnection } from "./load_client.ts";
import { readCpuUs } from "./processor_time.ts";
import { drawRows, quantile } from "./report.ts";
import { checkRequest, siteRequest } from "./requests.ts";
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
  name: string;
  port: number;
  requests: Uint8Array[];
}

const SESSIONS = 10_000;
/** So many people use the application at the same time. The activity of each is written once a minute. */
const VISITORS = 100;
const WARM_UP_SHARE = 0.2;
const AIM_MS = 1;
const COLUMNS = ["one request at a time", "median", "99 %", "aim", ""];

/**
 * How long a check of forward auth takes, beside an application that answers at once; with nginx, how much later the
 * application answers behind it. All are asked in turn; Foyer has its default settings. Returns a table, as text.
 */
export async function measureChecks(servers: Servers, options: ChecksOptions): Promise<string> {
  const { foyer, asked } = await startAsked(servers, options);
  await askInTurn(asked, options.ms * WARM_UP_SHARE);
  const begun = readCpuUs(foyer.pid);
  const times = await askInTurn(asked, options.ms);
  const [, checks = [], open, checked] = times;
  const cpuUs = (readCpuUs(foyer.pid) - begun) / (checks.length + (checked?.length ?? 0));
  const added = open && checked ? checked.map((time, turn) => time - (open[turn] ?? 0)) : checks;
  const verdict = quantile(added, 0.5) < AIM_MS ? "met" : "missed";
  const rows = asked.map(({ name }, index) => [name, ...draw(times[index] ?? []), "", ""]);
  rows.push(["added by a check", ...draw(added), `${AIM_MS} ms`, verdict]);
  const cpu = Number.isNaN(cpuUs) ? "" : `\nprocessor time of a check: ${Math.round(cpuUs)} µs`;
  return drawRows([COLUMNS, ...rows]) + cpu;
}

async function startAsked(servers: Servers, { directory, resources }: ChecksOptions) {
  const { floorPort: applicationPort } = servers;
  const members = seedMembers(`${directory}/checks.db`, { count: SESSIONS }).slice(0, VISITORS);
  const sites = chooseSites();
  const { checked, open } = sites;
  const env = environment(servers, [checked.origin, open.origin]);
  const stdout = Bun.file(`${directory}/checks.log`);
  const foyer = spawn([`${directory}/foyer`], { resources, cwd: directory, env, stdout });
  const port = Number(env.PORT);
  await waitUntilReady(foyer, port);
  const requests = members.map(siteRequest);
  const checks = members.map((member) => checkRequest(member, checked.origin));
  const asked: Asked[] = [
    { name: "application", port: applicationPort, requests },
    { name: "check", port, requests: checks },
  ];
  if (!isRunnable(nginx)) return { foyer, asked };
  await startCheckProxy(sites, { folder: directory, resources, env, applicationPort });
  asked.push(
    { name: "application behind nginx", port: open.port, requests },
    { name: "the same with a check", port: checked.port, requests },
  );
  return { foyer, asked };
}

function environment({ standIn, clientId }: Servers, sites: string[]): Record<string, string> {
  return {
    PORT: String(freePort()),
    HOST: "127.0.0.1",
    ORIGIN: `https://auth.foyer.localhost:${freePort()}`,
    COOKIE_DOMAIN: "foyer.localhost",
    FORWARD_AUTH_ORIGINS: sites.map((site) => `${site} members`).join(", "),
    DATABASE_URL: "file:checks.db",
    GOOGLE_OAUTH2_CLIENT_ID: clientId,
    GOOGLE_JWKS_URL: `${standIn.origin}/oauth2/v3/certs`,
    GOOGLE_ACCOUNTS_URL: standIn.origin,
  };
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

function draw(times: number[]): string[] {
  return [0.5, 0.99].map((share) => `${quantile(times, share).toFixed(3)} ms`);
}
