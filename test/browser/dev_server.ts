import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Subprocess } from "bun";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";

/** The application in a process of its own, over a database file of its own. */
export interface DevServer {
  /** Where the application is. */
  origin: string;
  /** Where its Google is. */
  googleOrigin: string;
  /** All that the process has written to stdout and stderr so far. */
  output(): string;
  /** Ends the process, and removes its files. */
  stop(): Promise<void>;
}

/** Like {@linkcode DevServer}, but tests hold the stand-in for Google in their own hands. */
export interface MainServer extends DevServer {
  google: GoogleStandIn;
}

const ROOT = join(import.meta.dir, "../..");
const ATTEMPTS = 5;
const PATIENCE_MS = 20_000;
const POLL_EVERY_MS = 20;

/** Starts `bun run dev`'s program on a free pair of ports; `env` is added to an environment without settings. */
export function startDevServer(env: Record<string, string> = {}): Promise<DevServer> {
  return startOnFreePorts((port) => {
    const googleOrigin = `http://127.0.0.1:${port + 1}`;
    return startProcess("src/dev.ts", { port, googleOrigin, env });
  });
}

/** Starts the program that becomes the binary, with a stand-in for Google in this process. */
export async function startMainServer(env: Record<string, string> = {}): Promise<MainServer> {
  const google = await startGoogleStandIn({ port: 0 });
  const googleOrigin = new URL(google.origin).origin;
  const settings = {
    GOOGLE_OAUTH2_CLIENT_ID: "foyer-browser-test.apps.googleusercontent.com",
    GOOGLE_ACCOUNTS_URL: googleOrigin,
    GOOGLE_JWKS_URL: `${googleOrigin}/oauth2/v3/certs`,
    ...env,
  };
  const server = await startOnFreePorts((port) =>
    startProcess("src/main.ts", { port, googleOrigin, env: settings }),
  );
  return {
    ...server,
    google,
    async stop() {
      await server.stop();
      await google.stop();
    },
  };
}

/** Tries again when another process was faster to take the ports. */
async function startOnFreePorts(start: (port: number) => Promise<DevServer>): Promise<DevServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(findPortPair());
    } catch (error) {
      const isTaken = /port is taken|EADDRINUSE/.test(String(error));
      if (!isTaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A port that is free, as is the one after it. */
function findPortPair(): number {
  const fetch = () => new Response();
  for (;;) {
    const first = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
    const port = Number(first.url.port);
    try {
      Bun.serve({ port: port + 1, hostname: "127.0.0.1", fetch }).stop(true);
      return port;
    } catch {
      // The next one is taken: another pair.
    } finally {
      first.stop(true);
    }
  }
}

interface ProcessOptions {
  port: number;
  googleOrigin: string;
  env: Record<string, string>;
}

async function startProcess(
  program: string,
  { port, googleOrigin, env }: ProcessOptions,
): Promise<DevServer> {
  const directory = await mkdtemp(join(tmpdir(), "foyer_browser_"));
  const child = Bun.spawn([process.execPath, "--no-env-file", "--no-orphans", program], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: directory,
      PORT: String(port),
      DATABASE_URL: `file:${join(directory, "foyer.db")}`,
      SIGN_IN_LIMIT: "0",
      ...env,
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    void collect(stream, (text) => {
      output += text;
    });
  }
  async function stop(): Promise<void> {
    child.kill("SIGKILL");
    await child.exited;
    await rm(directory, { recursive: true, force: true });
  }
  const origin = `http://localhost:${port}`;
  try {
    await waitUntilReady(child, [`${origin}/healthz`, `${googleOrigin}/`]);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${output}`);
  }
  return { origin, googleOrigin, output: () => output, stop };
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  write: (text: string) => void,
): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) write(text);
}

async function waitUntilReady(child: Subprocess, addresses: string[]): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await areReady(addresses))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error("The server is not ready");
    await Bun.sleep(POLL_EVERY_MS);
  }
}

async function areReady(addresses: string[]): Promise<boolean> {
  const answers = await Promise.allSettled(addresses.map((address) => fetch(address)));
  return answers.every((answer) => answer.status === "fulfilled" && answer.value.ok);
}
