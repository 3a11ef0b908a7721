import { describe, expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import {
  createDescriptorReader,
  type DescriptorUse,
  watchDescriptors,
} from "../../src/process/descriptors.ts";
import { openEventStream } from "../event_stream.ts";
import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

const isLinux = process.platform === "linux";

test.skipIf(!isLinux)("the use of descriptors is what the system says", () => {
  const readUse = createDescriptorReader();
  const before = readUse() as DescriptorUse;
  expect(before.limit).toBeGreaterThan(100);
  const opened = Array.from({ length: 50 }, () => openSync("/dev/null", "r"));
  expect(readUse()?.open).toBe(before.open + 50);
  for (const descriptor of opened) closeSync(descriptor);
  expect(readUse()?.open).toBe(before.open);
});

test("descriptors are short from 90 % on, and the log says so once", () => {
  const lines: string[] = [];
  let look = () => {};
  let use: DescriptorUse | null = null;
  const { areShort, stop } = watchDescriptors({
    read: () => use,
    every(_ms, act) {
      look = act;
      return () => lines.push("stopped");
    },
    log: (level, event, fields) => lines.push(`${level} ${event} ${fields?.open}`),
  });
  const ROWS: [open: number | null, isShort: boolean][] = [
    [null, false],
    [899, false],
    [900, true],
    [1000, true],
    [null, true],
    [899, false],
    [10, false],
  ];
  for (const [open, isShort] of ROWS) {
    use = open === null ? null : { open, limit: 1000 };
    look();
    expect(areShort()).toBe(isShort);
  }
  stop();
  expect(lines).toEqual(["warn descriptors_short 900", "info descriptors_enough 899", "stopped"]);
});

/** So few that a test can use them up, and enough to start. */
const LIMIT = 200;

describe.skipIf(!isLinux)("a process that is short of descriptors", () => {
  test("refuses streams calmly, serves everything else, and recovers", async () => {
    const google = await sharedStandIn();
    const directory = mkdtempSync(`${tmpdir()}/foyer_descriptors_`);
    const main = `${import.meta.dir}/../../src/main.ts`;
    const limited = ["sh", "-c", `ulimit -n ${LIMIT}; exec "$0" "$1"`, process.execPath, main];
    const foyer = await startFoyerProcess(limited, {
      cwd: `${import.meta.dir}/../..`,
      env: {
        PORT: String(freePort()),
        DATABASE_URL: `file:${directory}/foyer.db`,
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        GOOGLE_ACCOUNTS_URL: google.origin,
        GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      },
    });
    const idle: { end(): void }[] = [];
    const countOpen = () => readdirSync(`/proc/${foyer.pid}/fd`).length;
    const endIdle = () => idle.splice(0).forEach((socket) => socket.end());
    try {
      const visitor = new RemoteVisitor(foyer.origin);
      await visitor.signIn(google);
      // All are in use, so that none is left to count them.
      while (countOpen() < LIMIT) idle.push(await connect(foyer.origin));
      await foyer.outputHas(`"descriptors_short","open":${LIMIT}`);
      endIdle();
      await foyer.outputHas('"descriptors_enough"');
      (await openEventStream(foyer.origin, visitor)).abort();
      while (countOpen() < 0.92 * LIMIT) {
        idle.push(await connectAndAsk(foyer.origin));
      }
      await until(() => foyer.output().split('"descriptors_short"').length === 3);
      const response = await visitor.get("/auth/events");
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      expect(response.headers.get("connection")).toBe("close");
      expect(await response.text()).toMatch(/^retry: [2-4]\d{4}\n\n$/);
      expect((await visitor.get("/healthz")).status).toBe(200);
      expect((await visitor.fragment("/htmx/content.secret1")).status).toBe(200);
    } finally {
      endIdle();
      await foyer.stop("SIGKILL");
      rmSync(directory, { recursive: true });
    }
  }, 30_000);
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(5);
}

/** A connection that the system has taken; the server may not have accepted it. */
function connect(origin: string) {
  const { hostname, port } = new URL(origin);
  return Bun.connect({ hostname, port: Number(port), socket: { data() {} } });
}

/** A connection that the server has accepted. */
async function connectAndAsk(origin: string) {
  const { hostname, port } = new URL(origin);
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const handlers = { data: () => resolve() };
  const socket = await Bun.connect({ hostname, port: Number(port), socket: handlers });
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await answered;
  return socket;
}
