import type { Bench } from "./bench.ts";
import type { Compared } from "./compared.ts";
import type { Slice } from "./paired.ts";
import type { BenchServer } from "./servers.ts";
import { type Goal, ratioRow, type Row } from "./table.ts";

/** Work that Foyer, the floor and the peers do. */
export interface Comparison {
  work: string;
  /** How much of Foyer's processor time the floor takes at least. */
  goal: Goal;
  /** The same of the peers, who do less. */
  peersGoal?: Goal;
  /** Measures all of them in turn, and returns the slices of each. */
  measure(servers: Compared, sides: BenchServer[]): Promise<Slice[][]>;
}

/** Measures the work of all, and returns a line for each that Foyer is compared with. Quickly, it is the floor alone. */
export async function compare(
  bench: Bench,
  { work, goal, peersGoal, measure }: Comparison,
): Promise<Row[]> {
  const servers = await bench.compared();
  const peers = bench.isQuick ? [] : Object.values(await bench.peers());
  const sides = [servers.foyer, servers.floor, ...peers];
  const [own = [], ...slices] = await measure(servers, sides);
  const other = { name: "Foyer", slices: own };
  return slices.map((its, index) => {
    const name = sides[index + 1]?.name ?? "";
    const base = { name, slices: its };
    const wanted = index === 0 ? goal : (peersGoal ?? null);
    return ratioRow(`${work}: ${name} / Foyer`, { base, other, goal: wanted });
  });
}
