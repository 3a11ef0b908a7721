import type { Bench, Subject } from "../bench.ts";
import type { Compared } from "../compared.ts";
import { compare } from "../comparison.ts";
import { measurePaired } from "../paired.ts";
import { CONNECTIONS } from "../reads.ts";
import { signInRequests } from "../requests.ts";
import type { BenchServer } from "../servers.ts";

const IN_A_SLICE = 300;
const IN_A_ROW = 100;
const IN_A_QUICK_SLICE = 80;

/** Sign-ins, each with a token of its own that is signed before the clock starts. */
export const signIn: Subject = {
  name: "sign_in",
  isCheap: true,
  async measure(bench) {
    const work = { goal: { atLeast: 0.9 } };
    const together = await compare(bench, {
      ...work,
      work: "sign-in",
      measure: (servers, sides) =>
        measureSignIns(bench, { servers, sides, connections: CONNECTIONS }),
    });
    if (bench.isQuick) return together;
    const alone = await compare(bench, {
      ...work,
      work: "sign-in, one after the other",
      measure: (servers, sides) => measureSignIns(bench, { servers, sides, connections: 1 }),
    });
    return [...together, ...alone];
  },
};

interface SignInOptions {
  servers: Compared;
  sides: BenchServer[];
  /** With several, acts that wait may share a commit. The floor commits each. */
  connections: number;
}

/** Slices of a fixed number of sign-ins. All sides take the same tokens. */
async function measureSignIns(bench: Bench, { servers, sides, connections }: SignInOptions) {
  const count = bench.isQuick ? IN_A_QUICK_SLICE : connections === 1 ? IN_A_ROW : IN_A_SLICE;
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
