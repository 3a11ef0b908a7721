import { readFileSync, statSync } from "node:fs";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { buildBinary } from "../build_binary.ts";
import { freePort } from "../foyer_process.ts";
import { openConnection } from "./load_client.ts";
import { readRequest, type SignInOptions } from "./requests.ts";
import { type Member, seedMembers } from "./seed.ts";

/** A binary under load, whose members are all signed in at first. */
export interface LoadServer {
  port: number;
  pid: number;
  signIn: SignInOptions;
  members: Member[];
  /** Its resident memory, in MiB (Linux). */
  readMemory(): number;
  /** The sizes of its database file and of the write-ahead log, in MiB. */
  readFileSizes(): { database: number; log: number };
  /** What `foyer audit verify` says. */
  verifyAudit(): string;
  /** Starts a command on the same database. */
  spawn(args: string[], stdout?: Bun.BunFile): Bun.Subprocess;
}

/** How many people there are. */
export interface LoadServerOptions {
  people: number;
  /** What the command begins with, such as `taskset -c 0`. */
  before?: string[];
  env?: Record<string, string>;
  /** How old the tokens are: older than half of SESSION_MAX_AGE, so that each is replaced at its first visit. */
  tokenAgeMs?: number;
  /** Changes the file before the server opens it. */
  prepare?: (path: string, members: Member[]) => void;
}

const CLIENT_ID = "benchmark.apps.googleusercontent.com";
const MIB = 1024 * 1024;
const READY_WITHIN_MS = 10_000;

/** Starts the binary in `directory`. What `resources` holds is to be disposed of at the end. */
export async function startLoadServer(
  directory: string,
  resources: AsyncDisposableStack,
  { people, before = [], tokenAgeMs = 400_000, ...options }: LoadServerOptions,
): Promise<LoadServer> {
  const binary = buildBinary(directory);
  const standIn = await startGoogleStandIn({ port: 0 });
  resources.defer(() => standIn.stop());
  const members = seedMembers(`${directory}/load.db`, { count: people, tokenAgeMs });
  options.prepare?.(`${directory}/load.db`, members);
  const port = freePort();
  const env = {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: "file:load.db",
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_JWKS_URL: `${standIn.origin}/oauth2/v3/certs`,
    GOOGLE_ACCOUNTS_URL: standIn.origin,
    SIGN_IN_LIMIT: "0",
    ...options.env,
  };
  const child = Bun.spawn([...before, binary], {
    cwd: directory,
    env,
    stdout: Bun.file(`${directory}/load.log`),
    stderr: "inherit",
  });
  resources.defer(async () => {
    child.kill();
    await child.exited;
  });
  const host = `localhost:${port}`;
  await waitUntilReady(port, host);
  return {
    port,
    pid: child.pid,
    signIn: { host, standIn, clientId: CLIENT_ID },
    members,
    readMemory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    readFileSizes: () => ({
      database: statSync(`${directory}/load.db`).size / MIB,
      log: statSync(`${directory}/load.db-wal`).size / MIB,
    }),
    verifyAudit: () => {
      const run = Bun.spawnSync([binary, "audit", "verify"], { cwd: directory, env });
      return `${run.stdout}${run.stderr}`;
    },
    spawn: (args, stdout) =>
      Bun.spawn([binary, ...args], {
        ...{ cwd: directory, env, stderr: "inherit" },
        stdout: stdout ?? "ignore",
      }),
  };
}

async function waitUntilReady(port: number, host: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    try {
      const connection = await openConnection(port);
      const request = readRequest(host, { path: "/healthz", token: null });
      const { status } = await connection.ask(request);
      connection.close();
      if (status === 200) return;
    } catch {
      // It does not listen yet.
    }
    await Bun.sleep(20);
  }
  throw new Error("The server did not start");
}
