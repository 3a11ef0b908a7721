import type { Environment } from "../../../src/config.ts";
import { MACHINE } from "../../../src/machine.ts";
import { pathOf, PATHS } from "../../../src/paths.ts";
import type { Clock, FoyerOverrides } from "../../fixture.ts";
import { freePort } from "../../foyer_process.ts";
import { type OwnServer, startOwnServer } from "../own_server.ts";
import { startSecureFront } from "./secure_front.ts";

/** How often streams look whether their proof still counts: five seconds are too long for tests. */
const HEARTBEAT_MS = 100;

/** What becomes of a request: it is answered, its answer gets lost, or it gets lost itself. */
export type Fate = "answered" | "answer lost" | "lost";

/** Foyer with TLS, where Chromium binds sessions. */
export interface BoundServer extends OwnServer {
  /** Requests so far: method, path and the status of the answer, in their order. */
  requests: string[];
  /** The requests of the binding's two routes so far, with their status. */
  bindings(): string[];
  /** Decides about each request from now on. */
  decide(fateOf: (path: string, request: Request) => Fate): void;
  /** From now on the process is about to stop, or not: meanwhile it renews nothing. */
  announceStop(isStopping: boolean): void;
}

/** Starts it under `env`. Its clock runs, and tests can move it on. */
export async function startBoundServer(
  env: Environment = {},
  overrides: FoyerOverrides = {},
): Promise<BoundServer> {
  const port = freePort();
  const requests: string[] = [];
  let fateOf: Parameters<BoundServer["decide"]>[0] = () => "answered";
  let isStopping = false;
  const server = await startOwnServer(
    // Idling must not end what is about binding.
    { ORIGIN: `https://localhost:${port}`, SESSION_MAX_AGE: "86400", ...env },
    {
      clock: createRunningClock(),
      isStopping: () => isStopping,
      every: (ms, act) => MACHINE.every(Math.min(ms, HEARTBEAT_MS), act),
      ...overrides,
    },
  );
  const front = await startSecureFront(port, async (request) => {
    const path = pathOf(request);
    const fate = fateOf(path, request);
    const answer = fate === "lost" ? null : await server.foyer.app.handle(request);
    const outcome = fate === "answered" ? answer?.status : fate;
    requests.push(`${request.method} ${path} ${outcome}`);
    return fate === "answered" ? answer : null;
  });
  const bound: BoundServer = {
    ...server,
    requests,
    announceStop(given) {
      isStopping = given;
    },
    bindings: () => requests.filter((line) => line.includes(` ${PATHS.binding}`)),
    decide(given) {
      fateOf = given;
    },
    async stop() {
      await front.stop();
      await server.stop();
    },
  };
  return bound;
}

/** The machine's time, and what a test adds. */
function createRunningClock(): Clock {
  let passed = 0;
  return {
    get now() {
      return Date.now() + passed;
    },
    pass(ms) {
      passed += ms;
    },
  };
}
