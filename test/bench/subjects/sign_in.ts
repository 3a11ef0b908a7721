import type { Bench, Subject } from "../bench.ts";
import type { Compared } from "../compared.ts";
import { compare } from "../comparison.ts";
import { measurePaired } from "../paired.ts";
import { CONNECTIONS } from "../reads.ts";
import { signInRequests } from "../requests.ts";
import type { BenchServer } from "../servers.ts";

const IN_A_SLICE = 300;
const IN_A_QUICK_SLICE = 80;

/** Sign-ins, each with a token of its own that is signed before the clock starts. */
export const signIn: Subject = {
  name: "sign_in",
  isCheap: true,
  measure: (bench) =>
    compare(bench, {
      work: "sign-in",
      goal: { atLeast: 0.9 },
      measure: (servers, sides) => measureSignIns(bench, { servers, sides }),
    }),
};

/** Slices of a fixed number of sign-ins. All sides take the same tokens. */
async function measureSignIns(
  bench: Bench,
  { servers, sides }: { servers: Compared; sides: BenchServer[] },
) {
  const startSlice = startSignIns(bench, servers);
  return await measurePaired(
    sides.map((server) => ({ server, startSlice })),
    { rounds: bench.rounds, connections: CONNECTIONS },
  );
}

/** Gives the sign-ins of slices, which are the same in each round. */
export function startSignIns({ isQuick }: Bench, servers: Compared) {
  const count = isQuick ? IN_A_QUICK_SLICE : IN_A_SLICE;
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
