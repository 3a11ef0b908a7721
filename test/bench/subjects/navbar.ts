import type { Subject } from "../bench.ts";
import { compare } from "../comparison.ts";
import { measureReads } from "../reads.ts";
import { navbarRequest } from "../requests.ts";

/** The navigation bar of people who are signed in, when there is nothing to write. */
export const navbar: Subject = {
  name: "navbar",
  isCheap: true,
  measure: (bench) =>
    compare(bench, {
      work: "navigation bar, signed in",
      goal: { atLeast: 0.8 },
      peersGoal: { atLeast: 2 },
      measure(servers, sides) {
        const { host, members } = servers;
        const requests = members.map((member) => navbarRequest(host, member));
        return measureReads(bench, { servers, sides, requests });
      },
    }),
};
