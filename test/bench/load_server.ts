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
  signIn: SignInOptions;
  members: Member[];
  /** Its resident memory, in MiB (Linux). */
  readMemory(): number;
  /** The sizes of its database file and of the write-ahead log, in MiB. */
  readFileSizes(): { database: number; log: number };
  /** What `foyer audit verify` says. */
  verifyAudit(): string;
}

/** How many people there are. */
export interface LoadServerOptions {
  people: number;
  /** What the command begins with, such as `taskset -c 0`. */
  before?: string[];
}

const CLIENT_ID = "benchmark.apps.googleusercontent.com";
const MIB = 1024 * 1024;
const READY_WITHIN_MS = 10_000;

/** Starts the binary in `directory`. What `resources` holds is to be disposed of at the end. */
export async function startLoadServer(
  directory: string,
  resources: AsyncDisposableStack,
  { people, before = [] }: LoadServerOptions,
): Promise<LoadServer> {
  const binary = buildBinary(directory);
  const standIn = await startGoogleStandIn({ port: 0 });
  resources.defer(() => standIn.stop());
  // Older than half of SESSION_MAX_AGE: each token is replaced at its first visit.
  const members = seedMembers(`${directory}/load.db`, { count: people, tokenAgeMs: 400_000 });
  const port = freePort();
  const env = {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: "file:load.db",
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_JWKS_URL: `${standIn.origin}/oauth2/v3/certs`,
    GOOGLE_ACCOUNTS_URL: standIn.origin,
    SIGN_IN_LIMIT: "0",
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
