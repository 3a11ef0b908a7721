import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../../db/contract/app_store.ts";
import { openStore } from "../../../db/open_store.ts";
import { type Config, type Environment, readConfig } from "../../../src/config.ts";
import { MACHINE } from "../../../src/machine.ts";
import { CLIENT_ID, sharedStandIn } from "../../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../../foyer_process.ts";
import { type AskedServer, Visitor } from "../../visitor.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { createClockFile, type SharedClock } from "./clock.ts";

/** How many processes share one PostgreSQL. */
export const PROCESSES = 3;

/** Several Foyers with one PostgreSQL and one origin, as behind a proxy. */
export interface Cluster extends AsyncDisposable {
  address: string;
  config: Config;
  processes: FoyerProcess[];
  /** The same processes, as browsers ask them. */
  servers: AskedServer[];
  clock: SharedClock;
  /** The same database, for what a test looks up or prepares. */
  store: AppStore;
  /** Kills a process, and starts another in its place. */
  replace(index: number): Promise<void>;
  /** A new browser, whose requests reach one process after the other. */
  visitor(): Visitor;
}

const ORIGIN = "https://localhost";
const ROOT = join(import.meta.dir, "../../..");

/** Starts the processes with `env` on a new database. */
export async function startCluster(env: Environment = {}): Promise<Cluster> {
  const [google, address] = await Promise.all([sharedStandIn(), createMigratedDatabase()]);
  const folder = mkdtempSync(join(tmpdir(), "foyer-promises-"));
  const clock = await createClockFile(join(folder, "clock"));
  const command = [process.execPath, join(import.meta.dir, "process.ts"), join(folder, "clock")];
  const whole = {
    ORIGIN,
    HOST: "127.0.0.1",
    DATABASE_URL: address,
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    ...env,
  };
  const config = readConfig(whole);
  const store = await openStore(config.database, MACHINE);
  const start = () =>
    startFoyerProcess(command, { cwd: ROOT, env: { ...whole, PORT: String(freePort()) } });
  const processes = await Promise.all(Array.from({ length: PROCESSES }, start));
  const context = { google, clock, deps: { config } };
  const ask = (process: FoyerProcess) => ({ app: { handle: sendTo(process.origin) }, ...context });
  const servers = processes.map(ask);
  let turn = 0;
  const inTurn: AskedServer = {
    ...context,
    app: {
      handle(request) {
        turn += 1;
        return (servers[turn % PROCESSES] as AskedServer).app.handle(request);
      },
    },
  };
  return {
    ...{ address, config, processes, servers, clock, store },
    visitor: () => new Visitor(inTurn),
    async replace(index) {
      await processes[index]?.stop("SIGKILL");
      const next = await start();
      processes[index] = next;
      servers[index] = ask(next);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((one) => one.stop("SIGTERM")));
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Sends requests over HTTP, each on a connection and from an address of its own unless it says another. */
function sendTo(origin: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    if (!headers.has("x-forwarded-for")) headers.set("x-forwarded-for", nextAddress());
    const body = request.body && (await request.arrayBuffer());
    return fetch(origin + pathname + search, {
      method,
      headers,
      body,
      redirect: "manual",
      keepalive: false,
    });
  };
}

let addresses = 0;

function nextAddress(): string {
  addresses += 1;
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
}
