import { addSessions } from "../add_sessions.ts";
import type { Bench, Subject } from "../bench.ts";
import type { Compared } from "../compared.ts";
import { measurePaired, type Side, WARM_UP_ROUNDS } from "../paired.ts";
import { CONTENT_PATH } from "../read_plan.ts";
import { quantile } from "../report.ts";
import { navbarRequest, readRequest, signInRequests, signOutRequest } from "../requests.ts";
import type { BenchServer } from "../servers.ts";
import { row } from "../table.ts";

const CONNECTIONS = 256;
const IN_A_SLICE = 6000;
/** Of 40 requests: 36 navigation bars, 2 contents, a sign-in, a sign-out. */
const CYCLE = 40;
const CONTENTS = [9, 29];
const SIGN_IN = 19;
const SIGN_OUT = 39;

/** How long reads take while others sign in and out, with many browsers at once. */
export const mixed: Subject = {
  name: "mixed",
  isCheap: false,
  async measure(bench) {
    const servers = await bench.compared();
    const rounds = await prepareRounds(bench, servers);
    const [floor, foyer] = [servers.floor, servers.foyer].map((server) => timed(server, rounds));
    if (!floor || !foyer) return [];
    const paired = { rounds: bench.rounds, connections: CONNECTIONS };
    await measurePaired([floor, foyer], paired);
    const [base, own] = [floor, foyer].map(({ times }) =>
      times.slice(WARM_UP_ROUNDS).map((slice) => quantile(slice, 0.99)),
    );
    const ratios = own?.map((ms, at) => ms / (base?.[at] ?? NaN)) ?? [];
    const [its, theirs] = [own, base].map((all) => quantile(all ?? [], 0.5).toFixed(1));
    const beside = `Foyer ${its} ms, floor ${theirs} ms`;
    const goal = { atMost: 1.5 };
    return [row("99 % of reads, 256 connections, mixed: Foyer / floor", ratios, { goal, beside })];
  },
};

/** Requests of one slice, and which of them are reads. */
interface MixedSlice {
  requests: Uint8Array[];
  reads: Set<Uint8Array>;
}

/** Both servers are asked the same. */
async function prepareRounds(bench: Bench, servers: Compared): Promise<MixedSlice[]> {
  const { foyer, floor, host, members } = servers;
  const writes = IN_A_SLICE / CYCLE;
  const count = writes * (WARM_UP_ROUNDS + bench.rounds);
  const files = [foyer.database, floor.database];
  const ending = addSessions(files, { members, count, ageMs: 0, mark: "to end" });
  const signIns = await signInRequests(servers, { members, count });
  return Array.from({ length: WARM_UP_ROUNDS + bench.rounds }, (_, round) => {
    const reads = new Set<Uint8Array>();
    const requests = Array.from({ length: IN_A_SLICE }, (_, index) => {
      const write = round * writes + Math.floor(index / CYCLE);
      const place = index % CYCLE;
      if (place === SIGN_IN) return signIns[write] as Uint8Array;
      if (place === SIGN_OUT) return signOutRequest(host, ending[write] as { token: string });
      const { token } = members[(round * IN_A_SLICE + index) % members.length] ?? { token: "" };
      const request = CONTENTS.includes(place)
        ? readRequest(host, { path: CONTENT_PATH, token })
        : navbarRequest(host, { token });
      reads.add(request);
      return request;
    });
    return { requests, reads };
  });
}

/** Keeps the times of reads, one list for each slice. */
function timed(server: BenchServer, rounds: MixedSlice[]): Side & { times: number[][] } {
  const times: number[][] = [];
  let reads = new Set<Uint8Array>();
  return {
    server,
    times,
    startSlice(round) {
      const slice = rounds[round] as MixedSlice;
      ({ reads } = slice);
      times.push([]);
      const own = slice.requests.values();
      return () => own.next().value ?? null;
    },
    onAnswer: (request, ms) => {
      if (reads.has(request)) times.at(-1)?.push(ms);
    },
  };
}
