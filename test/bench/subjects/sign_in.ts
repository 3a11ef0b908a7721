import type { Bench, Subject } from "../bench.ts";
import type { Compared } from "../compared.ts";
import { compare } from "../comparison.ts";
import { measurePaired } from "../paired.ts";
import { CONNECTIONS } from "../reads.ts";
import { signInRequests } from "../requests.ts";
import type { BenchServer } from "../servers.ts";
import { ratioRow, type Row } from "../table.ts";

const GOAL = { atLeast: 0.9 };
/** Every few hundred, what the write-ahead log has is written to the file: each slice has its share of that. */
const IN_A_SLICE = 800;
const IN_A_QUICK_SLICE = 80;

/** Sign-ins, each with a token of its own that is signed before the clock starts. */
export const signIn: Subject = {
  name: "sign_in",
  isCheap: true,
  async measure(bench) {
    const together = await compare(bench, {
      work: "sign-in",
      goal: GOAL,
      measure: (servers, sides) =>
        measureSignIns(bench, { servers, sides, connections: CONNECTIONS }),
    });
    return bench.isQuick ? together : [...together, await measureAlone(bench)];
  },
};

/** Acts that wait may share a commit. One after the other they cannot. */
async function measureAlone(bench: Bench): Promise<Row> {
  const servers = await bench.compared();
  const sides = [servers.floor, servers.foyer];
  const options = { servers, sides, connections: 1 };
  const [base = [], own = []] = await measureSignIns(bench, options);
  return ratioRow("sign-in, one after the other: floor / Foyer", {
    base: { name: "floor", slices: base },
    other: { name: "Foyer", slices: own },
    goal: GOAL,
  });
}

interface SignInOptions {
  servers: Compared;
  sides: BenchServer[];
  connections: number;
}

/** Slices of a fixed number of sign-ins. All sides take the same tokens. */
async function measureSignIns(bench: Bench, { servers, sides, connections }: SignInOptions) {
  const count = bench.isQuick ? IN_A_QUICK_SLICE : IN_A_SLICE;
  const startSlice = startSignIns(servers, count);
  return await measurePaired(
    sides.map((server) => ({ server, startSlice })),
    { rounds: bench.rounds, connections },
  );
}

/** Gives the sign-ins of slices, which are the same in each round. */
export function startSignIns(servers: Compared, count = IN_A_SLICE) {
  const { members } = servers;
  const signed = new Map<number, Promise<Uint8Array[]>>();
  return async (round: number) => {
    const options = { members, count, start: round * count };
    const requests = await signed.getOrInsertComputed(round, () =>
      signInRequests(servers, options),
    );
    const own = requests.values();
    return () => own.next().value ?? null;
  };
}
