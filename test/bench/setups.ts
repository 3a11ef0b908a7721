import { measureLoad } from "./load_client.ts";
import type { Setup } from "./postgres_servers.ts";
import { readCpuUs, readFamilyCpuUs } from "./processor_time.ts";
import { drawRows, quantile } from "./report.ts";

/** One slice of one setup. */
export interface Slice {
  perSecond: number;
  /** Processor time of a request, in microseconds: of all Foyer processes, and of PostgreSQL. */
  foyerUs: number;
  postgresUs: number;
}

/** Gives the requests of one slice. */
export type StartSlice = () => Promise<() => Uint8Array | null>;

/** What hears of a slice, so that it can count more. */
export interface SliceWatch {
  before(): Promise<void>;
  after(setup: Setup, requests: number): Promise<void>;
}

/** How setups are asked. */
export interface SetupOptions {
  rounds: number;
  connections: number;
  startSlice: StartSlice;
  /** Resolves when what was asked is done, also what nobody waits for. It belongs to the slice. */
  settle(): Promise<void>;
  watch?: SliceWatch;
}

const COLUMNS = ["", "1/s", "quartiles", "to SQLite", "quartiles", "Foyer", "PostgreSQL", "sum"];

/** One slice of each setup a round, in another order each time. */
export async function measureSetups(
  setups: Setup[],
  { rounds, connections, startSlice, settle, watch }: SetupOptions,
): Promise<Slice[][]> {
  const slices: Slice[][] = setups.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < setups.length; turn += 1) {
      const index = (round + turn) % setups.length;
      slices[index]?.push(await measure(setups[index] as Setup));
    }
  }
  return slices;

  async function measure(setup: Setup): Promise<Slice> {
    const nextRequest = await startSlice();
    let requests = 0;
    await watch?.before();
    const foyer = foyerUs(setup);
    const postgres = postgresUs(setup);
    const perSecond = await measureLoad({
      ports: setup.ports,
      connections,
      nextRequest() {
        const request = nextRequest();
        if (request) requests += 1;
        return request;
      },
    });
    await settle();
    const slice = {
      perSecond,
      foyerUs: (foyerUs(setup) - foyer) / requests,
      postgresUs: (postgresUs(setup) - postgres) / requests,
    };
    await watch?.after(setup, requests);
    return slice;
  }
}

/** The table of one kind of request, as text. The first setup is what others are compared with. */
export function drawSetups(setups: Setup[], slices: Slice[][]): string {
  const [first = []] = slices;
  const rows = setups.map(({ name }, index) => {
    const own = slices[index] ?? [];
    const ratios = own.map(({ perSecond }, round) => perSecond / (first[round]?.perSecond ?? 0));
    return [
      name,
      ...range(
        own.map(({ perSecond }) => perSecond),
        0,
      ),
      ...(index === 0 ? ["", ""] : range(ratios, 2)),
      us(own.map(({ foyerUs }) => foyerUs)),
      us(own.map(({ postgresUs }) => postgresUs)),
      us(own.map(({ foyerUs, postgresUs }) => foyerUs + postgresUs)),
    ];
  });
  return drawRows([COLUMNS, ...rows]);
}

function foyerUs({ pids }: Setup): number {
  return pids.reduce((sum, pid) => sum + readCpuUs(pid), 0);
}

function postgresUs({ postmaster }: Setup): number {
  return postmaster === null ? 0 : readFamilyCpuUs(postmaster);
}

function range(values: number[], digits: number): [median: string, quartiles: string] {
  const [low, median, high] = [0.25, 0.5, 0.75].map((at) => quantile(values, at).toFixed(digits));
  return [median ?? "", `${low} to ${high}`];
}

function us(values: number[]): string {
  return `${quantile(values, 0.5).toFixed(0)} µs`;
}
