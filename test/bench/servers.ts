import { availableParallelism } from "node:os";

import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ask } from "./load_client.ts";

const ROOT = `${import.meta.dir}/../..`;
export const CLIENT_ID = "benchmark.apps.googleusercontent.com";
const READY_WITHIN_MS = 30_000;

/** Whether servers have one core and the load another. */
export const canPin = availableParallelism() > 1 && Bun.which("taskset") !== null;

/** What the command of a server begins with, so that it runs on a core of its own. */
export const ON_SERVERS_CORE = canPin ? ["taskset", "-c", "0"] : [];

/** Moves this process, which makes the load, to the other core. */
export function leaveServersCore(): void {
  if (canPin) Bun.spawnSync(["taskset", "-a", "-c", "-p", "1", String(process.pid)]);
}

/** How the binary is configured: the defaults, but for whom it trusts and how often one address may sign in. */
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

/** Compiles a server of the benchmark as Foyer is compiled, and returns the path of its binary. */
export async function compileServer(source: string, directory: string): Promise<string> {
  const outfile = `${directory}/${source.replaceAll(/\W/g, "_")}`;
  await Bun.build({
    entrypoints: [`${import.meta.dir}/${source}`],
    target: "bun",
    bytecode: true,
    format: "esm",
    minify: true,
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  return outfile;
}

/** A server that is measured. */
export interface BenchServer {
  name: string;
  port: number;
  pid: number;
  /** The path of its database. */
  database: string;
}

/** How a server is started. */
export interface StartOptions extends Omit<BenchServer, "pid"> {
  command: string[];
  env?: Record<string, string>;
}

/** Starts a server on the servers' core, and waits until it answers. Its log is a file, as an operator would keep it. */
export async function startServer(
  { directory, resources }: { directory: string; resources: AsyncDisposableStack },
  { command, env = {}, ...server }: StartOptions,
): Promise<BenchServer> {
  const stdout = Bun.file(`${directory}/${server.name}_${server.port}.log`);
  const options = { resources, cwd: directory, env, stdout };
  const child = spawn([...ON_SERVERS_CORE, ...command], options);
  await waitUntilReady(child, server.port);
  return { ...server, pid: child.pid };
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
