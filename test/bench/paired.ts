import { measureLoad } from "./load_client.ts";
import { readCpuUs } from "./processor_time.ts";
import type { BenchServer } from "./servers.ts";

/** One of those that are measured in turn. */
export interface Side {
  server: BenchServer;
  /** Gives the requests of one slice. */
  startSlice(round: number): Promise<() => Uint8Array | null> | (() => Uint8Array | null);
  /** Resolves when what was asked is written, if the answers do not wait for it. It belongs to the slice. */
  settle?(): Promise<void>;
  /** Hears how long each answer took, in milliseconds. */
  onAnswer?(request: Uint8Array, ms: number): void;
}

/** What one slice has shown. */
export interface Slice {
  perSecond: number;
  /** Processor time of the server for each request, in microseconds. */
  cpuUs: number;
}

/** How often, and by how many browsers at once. */
export interface PairedOptions {
  rounds: number;
  connections: number;
}

/** Rounds that do not count. */
export const WARM_UP_ROUNDS = 2;

/** Measures all sides in turn, in another order each round. Returns the slices of each side, without the first rounds. */
export async function measurePaired(
  sides: readonly Side[],
  { rounds, connections }: PairedOptions,
): Promise<Slice[][]> {
  const slices = sides.map((): Slice[] => []);
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    for (const index of orderOf(round, sides.length)) {
      const slice = await measure(sides[index] as Side, round);
      if (round >= WARM_UP_ROUNDS) slices[index]?.push(slice);
    }
  }
  return slices;

  async function measure(side: Side, round: number): Promise<Slice> {
    const { server } = side;
    const nextRequest = await side.startSlice(round);
    let requests = 0;
    const before = readCpuUs(server.pid);
    const perSecond = await measureLoad({
      ports: [server.port],
      connections,
      nextRequest() {
        const request = nextRequest();
        if (request) requests += 1;
        return request;
      },
      ...(side.onAnswer ? { onAnswer: side.onAnswer } : {}),
    });
    await side.settle?.();
    return { perSecond, cpuUs: (readCpuUs(server.pid) - before) / requests };
  }
}

/** Each is first in turn, and every second time the order is turned round. */
function orderOf(round: number, length: number): number[] {
  const turned = Array.from({ length }, (_, turn) => (round + turn) % length);
  return Math.floor(round / length) % 2 === 0 ? turned : turned.reverse();
}
