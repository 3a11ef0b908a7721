import { touchSessions } from "./add_sessions.ts";
import type { Bench } from "./bench.ts";
import type { Compared } from "./compared.ts";
import { measureLoad } from "./load_client.ts";
import { measurePaired, type Slice } from "./paired.ts";
import { navbarRequest } from "./requests.ts";
import type { BenchServer } from "./servers.ts";

export const CONNECTIONS = 32;
/** Before activity is due: a tenth of SESSION_MAX_AGE. */
const FRESH_FOR_MS = 45_000;

/** Slices of a fixed time on each server, over the same requests again and again, in which no session has to be written. */
export async function measureReads(
  bench: Bench,
  { servers, sides, requests }: { servers: Compared; sides: BenchServer[]; requests: Uint8Array[] },
): Promise<Slice[][]> {
  const startSlice = startReads(bench, { servers, requests });
  return await measurePaired(
    sides.map((server) => ({ server, startSlice })),
    { rounds: bench.rounds, connections: CONNECTIONS },
  );
}

/** Gives the requests of slices in which no session has to be written. */
export function startReads(
  bench: Bench,
  { servers, requests }: { servers: Compared; requests: Uint8Array[] },
) {
  let freshUntil = 0;
  return async () => {
    if (performance.now() > freshUntil) {
      await refreshSessions(servers);
      freshUntil = performance.now() + FRESH_FOR_MS;
    }
    let next = 0;
    const endsAt = performance.now() + bench.sliceMs;
    return () =>
      performance.now() < endsAt ? (requests[next++ % requests.length] as Uint8Array) : null;
  };
}

/** As if all members had just been active; then Foyer reads each once, since its cache no longer has them. */
export async function refreshSessions({ foyer, host, members }: Compared): Promise<void> {
  touchSessions(foyer.database, members);
  const requests = members.map((member) => navbarRequest(host, member)).values();
  await measureLoad({
    ports: [foyer.port],
    connections: CONNECTIONS,
    nextRequest: () => requests.next().value ?? null,
  });
}
