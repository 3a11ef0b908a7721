import { Database } from "bun:sqlite";
import { join } from "node:path";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { PATHS } from "../../src/paths.ts";
import { createSeeded } from "../chance.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { createCrowd, type Crowd } from "./crowd.ts";
import { readWalCommits, type WalCommits } from "./wal_commits.ts";

/** How often to kill which binary, in a folder of its own. */
export interface CrashOptions {
  binary: string;
  folder: string;
  kills: number;
  seed: number;
  onKill?: (kill: number, crowd: Crowd) => void;
}

/** What came of it; no fault, if all is well. */
export interface CrashReport extends Pick<Crowd, "answered" | "faults"> {
  unanswered: number;
  members: number;
  /** The events that the audit log holds in the end. */
  events: number;
  /** How many acts were answered while commits could be counted, and how many commits there were. */
  counted?: { acts: number; commits: number };
}

const BROWSERS = 12;
/** One kill in so many hits the start, not the load. */
const START_EVERY = 8;
const LONGEST_START_MS = 150;
const MOST_ANSWERS = 80;
const LONGEST_PAUSE_MS = 6;

/** Kills the binary at random moments, starts it again, and checks that it has forgotten nothing it had answered. */
export async function crash(options: CrashOptions): Promise<CrashReport> {
  const { binary, folder, kills, seed, onKill } = options;
  const random = createSeeded(seed);
  const google = await startGoogleStandIn({ port: 0 });
  const env = {
    PORT: String(freePort()),
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    ADMIN_EMAILS: ADA.email,
    SIGN_IN_LIMIT: "0",
    SESSION_MAX_AGE: "86400",
  };
  const path = join(folder, "foyer.db");
  const counted = { acts: 0, commits: 0 };
  const start = () => startFoyerProcess([binary], { cwd: folder, env });
  let foyer = await start();
  try {
    const admin = new RemoteVisitor(foyer.origin);
    await admin.signIn(google);
    const crowd = createCrowd({ origin: foyer.origin, google, admin, random });
    for (let kill = 1; kill <= kills; kill += 1) {
      const first = crowd.members.length;
      const [acts, log] = [sumOf(crowd), readWalCommits(path)];
      await breakUnderLoad({ crowd, random, breakIt: () => foyer.stop("SIGKILL") });
      count({ acts: sumOf(crowd) - acts, before: log });
      if (kill % START_EVERY === 0) await killAtStart();
      foyer = await start();
      await crowd.check(crowd.members.slice(first));
      checkFile(crowd.faults);
      const verified = verifyAudit(crowd.faults);
      onKill?.(kill, crowd);
      if (crowd.faults.length > 0) return { ...report(crowd, verified), counted };
    }
    await crowd.check(crowd.members);
    const status = (await admin.get(PATHS.isAuthenticated)).status;
    if (status !== 200) crowd.faults.push(`The administrator is answered with ${status}`);
    const { exitCode } = await foyer.stop("SIGTERM");
    if (exitCode !== 0) crowd.faults.push(`It ends with ${exitCode}`);
    return { ...report(crowd, verifyAudit(crowd.faults)), counted };
  } finally {
    await foyer.stop("SIGKILL");
    await google.stop();
  }

  /** Of a log that began again meanwhile, nobody knows the number. */
  function count({ acts, before }: { acts: number; before: WalCommits }): void {
    const { salt, commits } = readWalCommits(path);
    if (salt !== before.salt) return;
    counted.acts += acts;
    counted.commits += commits - before.commits;
  }

  async function killAtStart(): Promise<void> {
    const child = Bun.spawn([binary], { cwd: folder, env, stdout: "ignore", stderr: "ignore" });
    await Bun.sleep(random() * LONGEST_START_MS);
    child.kill("SIGKILL");
    await child.exited;
  }

  function checkFile(faults: string[]): void {
    const database = new Database(path, { readonly: true });
    const found = [
      ...database.query("PRAGMA integrity_check").values().flat(),
      ...database.query("PRAGMA foreign_key_check").values(),
    ];
    database.close();
    if (found.join() !== "ok") faults.push(`The file: ${found.join()}`);
  }

  function verifyAudit(faults: string[]): number {
    const run = Bun.spawnSync([binary, "audit", "verify"], { cwd: folder, env });
    if (run.exitCode !== 0) faults.push(run.stderr.toString());
    return Number(/intact: (\d+) events/.exec(run.stdout.toString())?.[1]);
  }
}

/** Breaks the server after a random number of answers, and a moment more. Resolves when all have noticed. */
export async function breakUnderLoad({
  crowd,
  random,
  breakIt,
}: {
  crowd: Crowd;
  random: () => number;
  breakIt: () => Promise<unknown>;
}): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let left = 1 + Math.floor(random() * MOST_ANSWERS);
  const onAnswer = () => {
    left -= 1;
    if (left === 0) resolve();
  };
  const gathering = createGathering(BROWSERS);
  const living = Array.from({ length: BROWSERS }, () =>
    crowd.live(onAnswer, gathering.wait).finally(gathering.leave),
  );
  // Who stops before the server dies, has found a fault.
  await Promise.race([enough, ...living]);
  await Bun.sleep(random() * LONGEST_PAUSE_MS);
  await breakIt();
  await Promise.all(living);
}

/** Lets everybody go on as soon as all who are left have come. */
function createGathering(count: number) {
  let left = count;
  let waiting: (() => void)[] = [];
  function releaseIfAll(): void {
    if (waiting.length < left) return;
    for (const go of waiting) go();
    waiting = [];
  }
  return {
    wait: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        releaseIfAll();
      }),
    leave() {
      left -= 1;
      releaseIfAll();
    },
  };
}

/** Counts, and compares the audit log's events with the acts. */
export function report(crowd: Crowd, events: number, adminSignIns = 1): CrashReport {
  const { answered, faults, members } = crowd;
  const unanswered = crowd.unanswered();
  // The administrator's own sign-ins, and one event for each act.
  const least = adminSignIns + sumOf(crowd);
  if (!(events >= least && events <= least + unanswered)) {
    faults.push(`${events} events for ${least} acts, and ${unanswered} that were not answered`);
  }
  return { answered, faults, unanswered, members: members.length, events };
}

function sumOf({ answered }: Crowd): number {
  return Object.values(answered).reduce((sum, count) => sum + count, 0);
}
