import { openBeside } from "../add_sessions.ts";
import type { Bench, Subject } from "../bench.ts";
import { refreshSessions } from "../reads.ts";
import { quantile } from "../report.ts";
import { navbarRequest } from "../requests.ts";
import { longestWait, measureWaits } from "../waits.ts";

const ENDED_SHARE = 0.1;
const SWEPT_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 500;

/** How long requests wait while the sessions that have ended are deleted, which happens once a minute. */
export const sweep: Subject = {
  name: "sweep",
  isCheap: false,
  async measure(bench) {
    const servers = await bench.million();
    const { foyer, floor, host, members } = servers;
    await refreshSessions(servers);
    const requests = members.map((member) => navbarRequest(host, member));
    const ended = endSessions(bench, foyer.database);
    const swept = waitUntilSwept(foyer.database);
    // The floor has nothing to sweep: what it waits for is the machine.
    const [own, its] = await Promise.all(
      [foyer, floor].map(({ port }) => measureWaits({ port, requests }, swept)),
    );
    const beside = `the floor ${quantile(its ?? [], 1).toFixed(1)} ms; ${await swept}`;
    const work = `longest wait while ${ended.toLocaleString("en")} ended sessions are deleted`;
    return [longestWait(work, own ?? [], beside)];
  },
};

/** Ends the sessions of people whom nobody asks for, as if they had idled. Returns how many. */
function endSessions({ many }: Bench, path: string): number {
  using database = openBeside(path);
  const count = many * ENDED_SHARE;
  const { changes } = database.run(
    `update sessions set ends_at = ?1, expires_at = ?1 where id in
       (select id from sessions where network = 'added' and ends_at > ?1 order by id desc limit ?2)`,
    [Date.now() - 1000, count],
  );
  return changes;
}

/** Resolves with the seconds from the first deleted session to the last, and how many are left if it takes too long. */
async function waitUntilSwept(path: string): Promise<string> {
  using database = openBeside(path);
  const count = database.query<{ count: number }, [number]>(
    "select count(*) as count from sessions where ends_at <= ?1",
  );
  const before = Date.now();
  const all = count.get(before)?.count ?? 0;
  const deadline = before + SWEPT_WITHIN_MS;
  let left = all;
  let begun = 0;
  while (left > 0 && Date.now() < deadline) {
    await Bun.sleep(LOOK_EVERY_MS);
    left = count.get(before)?.count ?? 0;
    if (left < all) begun ||= performance.now();
  }
  if (left === all) throw new Error("There was no sweep");
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  return left > 0 ? `${left.toLocaleString("en")} are left after ${seconds} s` : `${seconds} s`;
}
