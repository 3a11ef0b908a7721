import { copyFileSync } from "node:fs";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ask } from "./load_client.ts";
import { readPlan } from "./plan.ts";
import type { SignInOptions } from "./requests.ts";
import { type Member, seedMembers } from "./seed.ts";

/** The two servers that are compared, and what requests to them are made of. */
export interface Servers extends SignInOptions {
  binaryPort: number;
  floorPort: number;
  members: Member[];
}

const ROOT = `${import.meta.dir}/../..`;
const SESSIONS = 10_000;
export const CLIENT_ID = "benchmark.apps.googleusercontent.com";
const LIFETIME_S = 604_800;
const READY_WITHIN_MS = 10_000;

/**
 * Builds the binary and starts it in `directory`, and the floor beside it, each on its own copy of one
 * seeded file. What `resources` holds is to be disposed of at the end, also of a failure.
 */
export async function startServers(
  directory: string,
  resources: AsyncDisposableStack,
): Promise<Servers> {
  await buildBinary(directory, resources);
  const standIn = await startGoogleStandIn({ port: 0 });
  resources.defer(() => standIn.stop());
  const members = seedMembers(`${directory}/bench.db`, { count: SESSIONS });
  copyFileSync(`${directory}/bench.db`, `${directory}/floor.db`);
  const [binaryPort, floorPort] = freePorts();
  const binary = spawn([`${directory}/foyer`], {
    resources,
    cwd: directory,
    env: environment({ port: binaryPort, standIn, database: "file:bench.db" }),
    // As an operator would keep the log.
    stdout: Bun.file(`${directory}/binary.log`),
  });
  await waitUntilReady(binary, binaryPort);
  const host = `localhost:${binaryPort}`;
  const signIn = { host, standIn, clientId: CLIENT_ID };
  const plan = {
    ...(await readPlan(binaryPort, { signIn, members })),
    port: floorPort,
    databasePath: `${directory}/floor.db`,
    clientId: CLIENT_ID,
    jwksUrl: `${standIn.origin}/oauth2/v3/certs`,
    sessionLifetimeMs: LIFETIME_S * 1000,
  };
  await Bun.write(`${directory}/plan.json`, JSON.stringify(plan));
  const command = [process.execPath, `${import.meta.dir}/floor.ts`, `${directory}/plan.json`];
  const floor = spawn(command, { resources, cwd: directory, env: {}, stdout: "ignore" });
  await waitUntilReady(floor, floorPort);
  return { ...signIn, binaryPort, floorPort, members };
}

/** How the binary is configured. */
export function environment({
  port,
  standIn,
  database,
}: {
  port: number;
  standIn: GoogleStandIn;
  database: string;
}): Record<string, string> {
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: database,
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_JWKS_URL: `${standIn.origin}/oauth2/v3/certs`,
    GOOGLE_ACCOUNTS_URL: standIn.origin,
    SIGN_IN_LIMIT: "0",
    // A session's activity is written once in a tenth of this: at the default, all 10,000 would be within one slice.
    SESSION_MAX_AGE: "86400",
    SESSION_LIFETIME: String(LIFETIME_S),
  };
}

/** Compiles `directory/foyer`. */
export async function buildBinary(
  directory: string,
  resources: AsyncDisposableStack,
): Promise<void> {
  const command = [process.execPath, "src/build.ts", `--outfile=${directory}/foyer`];
  const build = spawn(command, { resources, cwd: ROOT, env: process.env, stdout: "ignore" });
  if ((await build.exited) !== 0) throw new Error("The binary could not be built");
}

/** Where a process runs, and what holds it. */
export interface SpawnOptions {
  resources: AsyncDisposableStack;
  cwd: string;
  env: Record<string, string | undefined>;
  stdout: "ignore" | Bun.BunFile;
}

/** Starts a process that ends with `resources` at the latest. */
export function spawn(command: string[], { resources, ...options }: SpawnOptions): Bun.Subprocess {
  if (resources.disposed) throw new Error("The benchmark was interrupted");
  const child = Bun.spawn(command, { ...options, stderr: "inherit" });
  resources.defer(async () => {
    child.kill();
    await child.exited;
  });
  return child;
}

function freePorts(): [number, number] {
  const listeners = [0, 0].map(() =>
    Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } }),
  );
  const [first = 0, second = 0] = listeners.map(({ port }) => port);
  for (const listener of listeners) listener.stop(true);
  return [first, second];
}

/** Waits until a server answers at `port`. */
export async function waitUntilReady(server: Bun.Subprocess, port: number): Promise<void> {
  const request = new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await ask(port, request).catch(() => null);
    if (answer?.status === 200) return;
    await Bun.sleep(20);
  }
  throw new Error("A server did not start");
}
