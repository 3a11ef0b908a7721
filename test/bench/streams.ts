import { parseArgs } from "node:util";

import { PATHS } from "../../src/paths.ts";
import { leaveCoreToServer } from "./cores.ts";
import { type LightLoadOptions, partOf, startLightLoad } from "./light_load.ts";
import { type LoadServer, startLoadServer } from "./load_server.ts";
import { measureAlone, type Measured, type MeasuringPlace } from "./measured.ts";
import { readCpuUs } from "./processor_time.ts";
import { navbarRequest, readRequest } from "./requests.ts";

// `bun test/bench/streams.ts [--streams 10000]`: what event streams cost the binary: memory, heartbeats, and how long
// another request waits while all of them are told something. It fails above the goals. Linux.

const MOST_WAIT_MS = 20;
const MOST_HEARTBEATS = 5;
/** Before, and after two rounds of heartbeats. */
const INTERVAL_MS = 15_000;
const AT_ONCE = 100;
const ENDED = "\r\n0\r\n\r\n";

/** Streams that are open, and how many of them have ended since. */
interface OpenStreams {
  ended: number;
  /** Resolves when all have. */
  allEnded: Promise<void>;
}

/** Measures `count` streams, each of a person of their own. What `resources` holds is to be disposed of at the end. */
async function measureStreams(
  { directory, resources }: MeasuringPlace,
  count: number,
): Promise<Measured[]> {
  const server = await startLoadServer(directory, resources, {
    people: count + 1,
    before: leaveCoreToServer(),
    env: { SESSION_MAX_AGE: "86400" },
    tokenAgeMs: 0,
  });
  const { members, signIn, port } = server;
  const before = server.readMemory();
  const idle = await measureShare(server);
  const request = navbarRequest(signIn.host, members.at(-1) as (typeof members)[number]);
  const alone = await measureWaits({ port, request });
  const open = await openStreams(server, count);
  const share = await measureShare(server);
  const memory = (server.readMemory() - before) * 1024;
  const beside = await measureWaits({ port, request });
  const load = await startLightLoad({ port, request });
  const begun = performance.now();
  const act = server.spawn(["sessions", "end", "--all"]);
  await open.allEnded;
  const seconds = (performance.now() - begun) / 1000;
  const told = await load.take().finally(() => load.stop());
  await act.exited;
  const name = `${count} streams`;
  return [
    { what: "idle, without a stream", value: idle, unit: "%", atMost: null },
    {
      what: "longest wait of a request without",
      value: partOf(alone, 1),
      unit: "ms",
      atMost: null,
    },
    { what: `${name}: heartbeats, of a core`, value: share, unit: "%", atMost: MOST_HEARTBEATS },
    { what: `${name}: memory of each`, value: memory / count, unit: "KiB", atMost: null },
    {
      what: `${name}: p99 of a request beside`,
      value: partOf(beside, 0.99),
      unit: "ms",
      atMost: null,
    },
    {
      what: `${name}: longest wait beside`,
      value: partOf(beside, 1),
      unit: "ms",
      atMost: MOST_WAIT_MS,
    },
    { what: `${name}: until the last one is told`, value: seconds, unit: "s", atMost: null },
    { what: `${name}: p99 meanwhile`, value: partOf(told, 0.99), unit: "ms", atMost: null },
    {
      what: `${name}: longest wait meanwhile`,
      value: partOf(told, 1),
      unit: "ms",
      atMost: MOST_WAIT_MS,
    },
  ];
}

/** The share of a core that the server takes while nobody asks, in percent. */
async function measureShare({ pid }: LoadServer): Promise<number> {
  const [before, begun] = [readCpuUs(pid), performance.now()];
  await Bun.sleep(INTERVAL_MS);
  return (100 * (readCpuUs(pid) - before)) / 1000 / (performance.now() - begun);
}

/** How long requests wait while nothing else happens. */
async function measureWaits(options: LightLoadOptions): Promise<Float64Array> {
  const load = await startLightLoad(options);
  await Bun.sleep(INTERVAL_MS / 2);
  return load.take().finally(() => load.stop());
}

/** Opens a stream for each of the first `count` members, a hundred at a time. */
async function openStreams(
  { port, members, signIn }: LoadServer,
  count: number,
): Promise<OpenStreams> {
  const allEnded = Promise.withResolvers<void>();
  const streams: OpenStreams = { ended: 0, allEnded: allEnded.promise };
  const openOne = (token: string) => {
    const begun = Promise.withResolvers<void>();
    let tail = "";
    const data = (_socket: unknown, bytes: Buffer) => {
      begun.resolve();
      tail = (tail + bytes.toString()).slice(-ENDED.length);
      if (tail !== ENDED) return;
      streams.ended += 1;
      if (streams.ended === count) allEnded.resolve();
    };
    const connecting = Bun.connect({ hostname: "127.0.0.1", port, socket: { data } });
    void connecting.then((socket) =>
      socket.write(readRequest(signIn.host, { path: PATHS.events, token })),
    );
    return begun.promise;
  };
  for (let opened = 0; opened < count; opened += AT_ONCE) {
    const next = members.slice(opened, Math.min(count, opened + AT_ONCE));
    await Promise.all(next.map(({ token }) => openOne(token)));
  }
  return streams;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { streams: { type: "string", default: "10000" } } });
  await measureAlone("streams", (place) => measureStreams(place, Number(values.streams)));
}
