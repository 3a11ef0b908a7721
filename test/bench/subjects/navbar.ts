import type { Subject } from "../bench.ts";
import { measureReads } from "../reads.ts";
import { navbarRequest } from "../requests.ts";
import { ratioRow } from "../table.ts";

/** The navigation bar of people who are signed in, when there is nothing to write. */
export const navbar: Subject = {
  name: "navbar",
  isCheap: true,
  async measure(bench) {
    const servers = await bench.compared();
    const { foyer, floor, host, members } = servers;
    const requests = members.map((member) => navbarRequest(host, member));
    const [its = [], own = []] = await measureReads(bench, {
      servers,
      sides: [floor, foyer],
      requests,
    });
    const other = { name: "Foyer", slices: own };
    return [
      ratioRow("navigation bar, signed in: floor / Foyer", {
        base: { name: "floor", slices: its },
        other,
        goal: { atLeast: 0.8 },
      }),
    ];
  },
};
