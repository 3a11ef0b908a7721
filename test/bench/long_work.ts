import { parseArgs } from "node:util";

import { openReadOnly } from "../../db/sqlite/open_read_only.ts";
import { addSessions } from "./add_sessions.ts";
import { seedEvents } from "./audit_seed.ts";
import { leaveCoreToServer } from "./cores.ts";
import { partOf, startLightLoad } from "./light_load.ts";
import { startLightSignIns } from "./light_sign_ins.ts";
import { type LoadServer, startLoadServer } from "./load_server.ts";
import { measureAlone, type Measured, type MeasuringPlace } from "./measured.ts";
import { navbarRequest, readRequest } from "./requests.ts";
import type { Member } from "./seed.ts";

// `bun test/bench/long_work.ts [--rows 1000000]`: how long reads and sign-ins wait for the binary while it, or a command
// beside it, does long work: exports, verification, a backup, the sweep; with memory and the write-ahead log. It fails if
// a read waits for more than 20 ms. Linux.

const MOST_WAIT_MS = 20;
const MEMBERS = 1000;
const QUIET_MS = 5000;
/** Longer than a session may idle. */
const ENDED_AGO_MS = 700_000;

/** Measures among `rows` events, and so many sessions that have ended as a tenth of that. */
async function measureLongWork(
  { directory, resources }: MeasuringPlace,
  rows: number,
): Promise<Measured[]> {
  const file = `${directory}/load.db`;
  const server = await startLoadServer(directory, resources, {
    people: MEMBERS,
    before: leaveCoreToServer(),
    env: { SESSION_MAX_AGE: "86400", ADMIN_EMAILS: "member.0@gmail.com" },
    tokenAgeMs: 0,
    // Every other event is about the first one.
    prepare: (path, [first, ...others]) =>
      seedEvents(path, { members: others.flatMap((one) => [first as Member, one]), count: rows }),
  });
  const exportLog = () => download(server, "/admin/record?format=jsonl");
  const measured = [
    ...(await measureBeside(server, "quiet", () => Bun.sleep(QUIET_MS))),
    ...(await measureBeside(server, "foyer audit verify", () => run(server, ["audit", "verify"]))),
    ...(await measureBeside(server, "foyer audit export", () => run(server, ["audit", "export"]))),
    ...(await measureBeside(server, "an admin's export", exportLog)),
    ...(await measureBeside(server, "a person's export", () =>
      download(server, "/account/export"),
    )),
    ...(await measureBeside(server, "foyer backup", () => run(server, ["backup", "copy.db"]))),
  ];
  const ended = { members: server.members, count: rows / 10, ageMs: ENDED_AGO_MS, mark: "added" };
  addSessions([file], ended);
  return [...measured, ...(await measureBeside(server, "the sweep", () => waitForSweep(file)))];
}

/** How long reads and sign-ins wait while `work` is done. */
async function measureBeside(
  server: LoadServer,
  what: string,
  work: () => Promise<unknown>,
): Promise<Measured[]> {
  const { port, signIn, members } = server;
  const reader = members[1] as Member;
  const load = await startLightLoad({ port, request: navbarRequest(signIn.host, reader) });
  const signIns = startLightSignIns(server);
  const memory = server.readMemory();
  const begun = performance.now();
  await work().catch(async (error) => {
    load.stop();
    await signIns.stop();
    throw error;
  });
  const seconds = (performance.now() - begun) / 1000;
  const waits = await load.take().finally(() => load.stop());
  const written = await signIns.stop();
  const { log } = server.readFileSizes();
  return [
    { what: `${what}: it takes`, value: seconds, unit: "s", atMost: null },
    { what: `${what}: p99 of a read`, value: partOf(waits, 0.99), unit: "ms", atMost: null },
    { what: `${what}: longest read`, value: partOf(waits, 1), unit: "ms", atMost: MOST_WAIT_MS },
    { what: `${what}: longest sign-in`, value: partOf(written, 1), unit: "ms", atMost: null },
    {
      what: `${what}: memory more`,
      value: server.readMemory() - memory,
      unit: "MiB",
      atMost: null,
    },
    { what: `${what}: write-ahead log`, value: log, unit: "MiB", atMost: null },
  ];
}

/** Runs a command to its end. */
async function run(server: LoadServer, args: string[]): Promise<void> {
  const code = await server.spawn(args).exited;
  if (code !== 0) throw new Error(`foyer ${args.join(" ")} ended with ${code}`);
}

/** Reads a file of the first member's to its end, as fast as it comes. */
async function download({ port, signIn, members }: LoadServer, path: string): Promise<void> {
  const request = readRequest(signIn.host, { path, token: members[0]?.token ?? "" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let [head, tail] = ["", ""];
  const data = (_socket: unknown, bytes: Buffer) => {
    const text = bytes.toString("latin1");
    head ||= text;
    tail = (tail + text.slice(-5)).slice(-5);
    if (!head.startsWith("HTTP/1.1 200")) reject(new Error(head));
    if (tail === "0\r\n\r\n") resolve();
  };
  const close = () => reject(new Error("The download broke off"));
  const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data, close } });
  socket.write(request);
  await promise.finally(() => socket.end());
}

/** Resolves when no session is left that had ended when this was called. */
async function waitForSweep(path: string): Promise<void> {
  using database = openReadOnly(path);
  const left = database.query("SELECT 1 FROM sessions WHERE ends_at < ? LIMIT 1");
  const now = Date.now();
  while (left.get(now)) await Bun.sleep(500);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
  await measureAlone("long_work", (place) => measureLongWork(place, Number(values.rows)));
}
