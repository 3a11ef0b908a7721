import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

import { startPostgresBench } from "./postgres_servers.ts";
import { navbarRequest, signInRequests } from "./requests.ts";
import { measureSealer } from "./sealer.ts";
import { drawSetups, measureSetups } from "./setups.ts";
import { measureSignInAlone } from "./sign_in_alone.ts";
import { watchSignIns } from "./sign_in_cost.ts";
import { drawSizes, measureLookUps } from "./table_sizes.ts";

// `bun run bench:postgres`: one, two and three Foyer processes on one PostgreSQL, beside one on SQLite.

const { values } = parseArgs({
  options: {
    rounds: { type: "string" },
    /** Further people with a session, which SQL makes: for the sizes of tables and the time of look-ups. */
    sessions: { type: "string" },
    connections: { type: "string" },
    pool: { type: "string" },
    /** Whether it runs at all, in seconds. Its numbers say nothing. */
    quick: { type: "boolean", default: false },
  },
});
const { quick } = values;
const ROUNDS = Number(values.rounds ?? (quick ? 1 : 20));
const SESSIONS = Number(values.sessions ?? (quick ? 1000 : 0));
// Not many while other tests run beside it: each sign-in has two seconds.
const CONNECTIONS = Number(values.connections ?? (quick ? 6 : 24));
const POOL = Number(values.pool ?? (quick ? 2 : 10));
const MEMBERS = quick ? 500 : 10_000;
const READ_MS = quick ? 100 : 1000;
const SIGN_INS = quick ? 50 : 500;
const ALONE = quick ? 20 : 300;
const WAITING = quick ? 100 : 10_000;

const resources = new AsyncDisposableStack();
let cleaned: Promise<void> | null = null;
const cleanUp = () => (cleaned ??= resources.disposeAsync());
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => cleanUp().finally(() => process.exit(130)));
}
try {
  const directory = mkdtempSync(`${tmpdir()}/foyer_bench_`);
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  await measureAll(directory);
} finally {
  await cleanUp();
}

async function measureAll(directory: string): Promise<void> {
  const options = { members: MEMBERS, sessions: SESSIONS, pool: POOL };
  const bench = await startPostgresBench(directory, resources, options);
  const { setups, members, host, sql } = bench;
  console.info(
    `${ROUNDS} rounds, ${CONNECTIONS} connections of browsers, ${POOL} of each process to PostgreSQL;`,
    `${MEMBERS + SESSIONS} sessions\n`,
  );
  if (SESSIONS > 0) {
    console.info(await drawSizes(sql, ["users", "sessions", "session_tokens", "used_nonces"]));
    const lookUps = { sessions: SESSIONS, count: ALONE * 10 };
    console.info(`\n${await measureLookUps(bench.address, lookUps)}\n`);
  }

  const common = { rounds: ROUNDS + 1, connections: CONNECTIONS, settle: bench.settle };
  const navbars = members.map((member) => navbarRequest(host, member));
  let nextNavbar = 0;
  const reads = {
    ...common,
    async startSlice() {
      let endsAt = 0;
      return () => {
        endsAt ||= performance.now() + READ_MS;
        if (performance.now() >= endsAt) return null;
        return navbars[nextNavbar++ % navbars.length] as Uint8Array;
      };
    },
  };
  console.info(`navigation bar\n${drawSetups(setups, await measureWarm(reads))}\n`);

  let start = 0;
  const watch = watchSignIns(bench);
  const signIns = {
    ...common,
    watch,
    async startSlice() {
      const requests = await signInRequests(bench, { members, start, count: SIGN_INS });
      start += SIGN_INS;
      const own = requests.values();
      return () => own.next().value ?? null;
    },
  };
  console.info(`sign-in\n${drawSetups(setups, await measureWarm(signIns))}\n`);
  console.info(`${watch.draw()}\n`);
  console.info(`${await drawSizes(sql, ["audit_events", "audit_details"])}\n`);
  console.info(await measureSignInAlone(bench, ALONE));
  console.info(await measureSealer(bench, WAITING));

  /** The first round warms up. */
  async function measureWarm(subject: Parameters<typeof measureSetups>[1]) {
    const slices = await measureSetups(setups, subject);
    return slices.map((own) => own.slice(1));
  }
}
