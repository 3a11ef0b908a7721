import { isRunnable, nginx } from "../../examples/start_proxy.ts";
import { freePort } from "../../foyer_process.ts";
import type { Bench, Subject } from "../bench.ts";
import { chooseSites, startCheckProxy } from "../check_proxy.ts";
import type { Compared } from "../compared.ts";
import { openConnection } from "../load_client.ts";
import { readCpuUs } from "../processor_time.ts";
import { quantile } from "../report.ts";
import { checkRequest, siteRequest } from "../requests.ts";
import { seedMembers } from "../seed.ts";
import { ON_SERVERS_CORE, spawn, waitUntilReady } from "../servers.ts";
import { row, type Unit } from "../table.ts";

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
const TURNS_MS = 5000;
const MS: Unit = { name: " ms", digits: 3 };

/**
 * How long a check of forward auth takes, beside an application that answers at once; with nginx, how much later the
 * application answers behind it. All are asked in turn, one request at a time; Foyer has its default settings.
 */
export const checks: Subject = {
  name: "checks",
  isCheap: false,
  async measure(bench) {
    const { foyer, asked } = await startAsked(await bench.compared(), bench);
    await askInTurn(asked, TURNS_MS * WARM_UP_SHARE);
    const begun = readCpuUs(foyer.pid);
    const times = await askInTurn(asked, TURNS_MS);
    const [, checked = [], open, behind] = times;
    const cpuUs = (readCpuUs(foyer.pid) - begun) / (checked.length + (behind?.length ?? 0));
    const added = open && behind ? behind.map((time, turn) => time - (open[turn] ?? 0)) : checked;
    const each = asked.map(
      ({ name }, at) => `${name} ${quantile(times[at] ?? [], 0.5).toFixed(3)}`,
    );
    const beside = `${each.join(", ")} ms; ${cpuUs.toFixed(0)} µs of processor time`;
    return [
      row("check of forward auth, added", added, { goal: { atMost: AIM_MS }, unit: MS, beside }),
    ];
  },
};

async function startAsked(servers: Compared, { directory, resources }: Bench) {
  const applicationPort = servers.floor.port;
  const members = seedMembers(`${directory}/checks.db`, { count: SESSIONS }).slice(0, VISITORS);
  const sites = chooseSites();
  const { checked, open } = sites;
  const env = environment(servers, [checked.origin, open.origin]);
  const stdout = Bun.file(`${directory}/checks.log`);
  const foyer = spawn([...ON_SERVERS_CORE, `${directory}/foyer`], {
    resources,
    cwd: directory,
    env,
    stdout,
  });
  const port = Number(env.PORT);
  await waitUntilReady(foyer, port);
  const requests = members.map(siteRequest);
  const checkRequests = members.map((member) => checkRequest(member, checked.origin));
  const asked: Asked[] = [
    { name: "application", port: applicationPort, requests },
    { name: "check", port, requests: checkRequests },
  ];
  if (!isRunnable(nginx)) return { foyer, asked };
  await startCheckProxy(sites, { folder: directory, resources, env, applicationPort });
  asked.push(
    { name: "application behind nginx", port: open.port, requests },
    { name: "the same with a check", port: checked.port, requests },
  );
  return { foyer, asked };
}

function environment({ standIn, clientId }: Compared, sites: string[]): Record<string, string> {
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
