import { PATHS } from "../../../src/paths.ts";
import type { Subject } from "../bench.ts";
import { compare } from "../comparison.ts";
import { measureReads } from "../reads.ts";
import { pageRequest, readRequest } from "../requests.ts";

/** The page, for members and others in turn. */
export const page: Subject = {
  name: "page",
  isCheap: true,
  measure: (bench) =>
    compare(bench, {
      work: "page",
      goal: { atLeast: 0.9 },
      measure(servers, sides) {
        const { host, members } = servers;
        const requests = members.flatMap((member) => [
          pageRequest(host, member),
          readRequest(host, { path: PATHS.page, token: null }),
        ]);
        return measureReads(bench, { servers, sides, requests });
      },
    }),
};
