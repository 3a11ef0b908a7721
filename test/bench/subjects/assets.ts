import type { Subject } from "../bench.ts";
import { measureReads } from "../reads.ts";
import { readRequest } from "../requests.ts";
import { ratioRow } from "../table.ts";

/** What a page loads, each in turn. */
export const assets: Subject = {
  name: "assets",
  isCheap: true,
  async measure(bench) {
    const servers = await bench.compared();
    const { foyer, floor, host, members } = servers;
    const requests = servers.assets.map((path) =>
      readRequest(host, { path, token: members[0]?.token ?? null }),
    );
    const sides = [floor, foyer];
    const [base = [], own = []] = await measureReads(bench, { servers, sides, requests });
    return [
      ratioRow("assets: floor / Foyer", {
        base: { name: "floor", slices: base },
        other: { name: "Foyer", slices: own },
        goal: { atLeast: 0.9 },
      }),
    ];
  },
};
