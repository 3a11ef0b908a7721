import { addSessions, openBeside } from "../add_sessions.ts";
import type { Bench, Subject } from "../bench.ts";
import type { Compared } from "../compared.ts";
import { ask } from "../load_client.ts";
import { measurePaired, type Side } from "../paired.ts";
import { CONNECTIONS } from "../reads.ts";
import { navbarRequest, signOutRequest } from "../requests.ts";
import type { Member } from "../seed.ts";
import { ratioRow } from "../table.ts";

const IN_A_SLICE = 800;
const IN_A_QUICK_SLICE = 600;
/** At the default settings, activity is due after 60 s, and the next token after 300. */
const AGES_MS = { fresh: 0, active: 70_000, renewed: 310_000 };
const WRITTEN_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** The navigation bar when each request is a session's first for a while, so that it has something to write. */
export const activity: Subject = {
  name: "activity",
  isCheap: true,
  async measure(bench) {
    const servers = await bench.compared();
    const sides = Object.values(AGES_MS).map((ageMs) => aged(bench, servers, ageMs));
    const paired = { rounds: bench.rounds, connections: CONNECTIONS };
    const [fresh = [], active = [], renewed = []] = await measurePaired(sides, paired);
    const base = { name: "nothing due", slices: fresh };
    return [
      ratioRow("navigation bar: nothing due / activity due", {
        base,
        other: { name: "activity", slices: active },
        goal: { atLeast: 0.8 },
      }),
      ratioRow("navigation bar: nothing due / a token renewed", {
        base,
        other: { name: "renewed", slices: renewed },
        // Each of them needs a durable commit.
        goal: null,
      }),
    ];
  },
};

/** Each slice has sessions of its own, which are used for the first time. */
function aged({ isQuick }: Bench, { foyer, host, members }: Compared, ageMs: number): Side {
  const count = isQuick ? IN_A_QUICK_SLICE : IN_A_SLICE;
  let mark = "";
  return {
    server: foyer,
    startSlice(round) {
      mark = `${ageMs} ms, round ${round}`;
      const sessions = addSessions([foyer.database], { members, count, ageMs, mark });
      const requests = sessions.map((session) => navbarRequest(host, session)).values();
      return () => requests.next().value ?? null;
    },
    async settle() {
      const [last] = addSessions([foyer.database], { members, count: 1, ageMs: 0, mark: "last" });
      await ask(foyer.port, signOutRequest(host, last as Pick<Member, "token">));
      if (ageMs > 0) await waitUntilWritten(foyer.database, mark);
    },
  };
}

/** Activity may wait in memory. What writes it belongs to the slice: the commit of a sign-out, or a timer. */
async function waitUntilWritten(path: string, mark: string): Promise<void> {
  using database = openBeside(path);
  const due = database.query<{ count: number }, { mark: string }>(
    "select count(*) as count from sessions where network = $mark and last_seen_at = created_at",
  );
  const deadline = performance.now() + WRITTEN_WITHIN_MS;
  while (performance.now() < deadline) {
    if (due.get({ mark })?.count === 0) return;
    await Bun.sleep(LOOK_EVERY_MS);
  }
  throw new Error("The activity of some sessions was not written");
}
