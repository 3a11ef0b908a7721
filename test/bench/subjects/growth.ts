import type { Bench, Subject } from "../bench.ts";
import { type Compared, startCompared } from "../compared.ts";
import { measurePaired, type Side, type Slice } from "../paired.ts";
import { CONNECTIONS, startReads } from "../reads.ts";
import { quantile } from "../report.ts";
import { navbarRequest } from "../requests.ts";
import { seedMembers } from "../seed.ts";
import { type Row, row } from "../table.ts";
import { startSignIns } from "./sign_in.ts";

const FEW = 1000;
const GOAL = { atMost: 1.05 };

/** What a million people cost, beside what they cost the floor in the same rounds. */
export const growth: Subject = {
  name: "growth",
  isCheap: false,
  async measure(bench) {
    const seed = (path: string) => seedMembers(path, { count: FEW });
    const few = await startCompared(bench, { name: "few", seed });
    const many = await bench.million();
    const navbars = [few, many].flatMap((servers) => {
      const requests = servers.members.map((member) => navbarRequest(servers.host, member));
      const startSlice = startReads(bench, { servers, requests });
      return sidesOf(servers, startSlice);
    });
    const signIns = [few, many].flatMap((servers) => sidesOf(servers, startSignIns(servers)));
    return [
      await measureGrowth(bench, "navigation bar", navbars),
      await measureGrowth(bench, "sign-in", signIns),
    ];
  },
};

function sidesOf({ foyer, floor }: Compared, startSlice: Side["startSlice"]): Side[] {
  return [
    { server: foyer, startSlice },
    { server: floor, startSlice },
  ];
}

/** The sides are Foyer and the floor with few people, then with many. */
async function measureGrowth({ rounds, many }: Bench, work: string, sides: Side[]): Promise<Row> {
  const [foyer = [], floor = [], foyerOfMany = [], floorOfMany = []] = await measurePaired(sides, {
    rounds,
    connections: CONNECTIONS,
  });
  const own = ratios(foyerOfMany, foyer);
  const its = ratios(floorOfMany, floor);
  const grown = own.map((ratio, at) => ratio / (its[at] ?? NaN));
  const [ofFoyer, ofFloor] = [own, its].map((all) => quantile(all, 0.5).toFixed(2));
  const us = [foyer, foyerOfMany].map((slices) => {
    return quantile(
      slices.map(({ cpuUs }) => cpuUs),
      0.5,
    ).toFixed(0);
  });
  const beside = `Foyer ${us.join(" → ")} µs, ${ofFoyer}; floor ${ofFloor}`;
  const people = `${FEW.toLocaleString("en")} → ${many.toLocaleString("en")} people`;
  return row(`${work}, ${people}: growth of Foyer / floor`, grown, { goal: GOAL, beside });
}

function ratios(slices: Slice[], base: Slice[]): number[] {
  return slices.map(({ cpuUs }, at) => cpuUs / (base[at]?.cpuUs ?? NaN));
}
