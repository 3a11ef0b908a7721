import { startGoogleStandIn } from "../../../src/google_stand_in/server.ts";
import { PATHS } from "../../../src/paths.ts";
import { createSeeded } from "../../chance.ts";
import { ADA, CLIENT_ID } from "../../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../../foyer_process.ts";
import { RemoteVisitor } from "../../remote_visitor.ts";
import {
  breakUnderLoad,
  type CrashOptions,
  type CrashReport,
  report,
} from "../../trouble/crash.ts";
import { createCrowd, type Crowd, type Member } from "../../trouble/crowd.ts";
import { startPostgres } from "../server.ts";

/** An administrator acts only for some minutes after a sign-in. */
const SIGN_IN_EVERY = 20;

/** Stops PostgreSQL at once at random moments, and checks that Foyer has forgotten nothing it had answered. */
export async function crashPostgres(options: CrashOptions): Promise<CrashReport> {
  const { binary, folder, kills, seed, onKill } = options;
  const random = createSeeded(seed);
  const google = await startGoogleStandIn({ port: 0 });
  // Before it recovers, it writes every file to the disk, one after the other, or all at once.
  const settings = { recovery_init_sync_method: "syncfs" };
  await using postgres = await startPostgres({ durable: true, settings });
  const env = {
    PORT: String(freePort()),
    DATABASE_URL: await postgres.createDatabase(),
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    ADMIN_EMAILS: ADA.email,
    SIGN_IN_LIMIT: "0",
    SESSION_MAX_AGE: "86400",
  };
  const foyer = await startFoyerProcess([binary], { cwd: folder, env });
  try {
    const { origin } = foyer;
    const admin = new RemoteVisitor(origin, fetchAnswer);
    await admin.signIn(google);
    const crowd = createCrowd({ origin, google, admin, random, fetch: fetchAnswer });
    let adminSignIns = 1;
    for (let kill = 1; kill <= kills; kill += 1) {
      if (kill % SIGN_IN_EVERY === 0) {
        admin.cookies.clear();
        await admin.signIn(google);
        adminSignIns += 1;
      }
      const first = crowd.members.length;
      await breakUnderLoad({ crowd, random, breakIt: () => postgres.stop("immediate") });
      await postgres.start();
      await untilReady(origin);
      const members = crowd.members.slice(first);
      doubtSignOuts(crowd, { members, foyer });
      await crowd.check(members);
      const verified = verifyAudit(crowd.faults);
      onKill?.(kill, crowd);
      if (crowd.faults.length > 0) return report(crowd, verified, adminSignIns);
    }
    await crowd.check(crowd.members);
    const { exitCode } = await foyer.stop("SIGTERM");
    if (exitCode !== 0) crowd.faults.push(`It ends with ${exitCode}`);
    if (/select |insert |@gmail\.com/.test(foyer.output()))
      crowd.faults.push("The log holds values");
    return report(crowd, verifyAudit(crowd.faults), adminSignIns);
  } finally {
    await foyer.stop("SIGKILL");
    await google.stop();
  }

  function verifyAudit(faults: string[]): number {
    const run = Bun.spawnSync([binary, "audit", "verify"], { cwd: folder, env });
    if (run.exitCode !== 0) faults.push(run.stderr.toString());
    return Number(/intact: (\d+) events/.exec(run.stdout.toString())?.[1]);
  }
}

/** A 503 says that nobody knows whether it has happened. */
async function fetchAnswer(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status === 503) throw new Error("503");
  return response;
}

async function untilReady(origin: string): Promise<void> {
  while ((await fetch(origin + PATHS.ready)).status !== 200) await Bun.sleep(20);
}

/** Without its database, Foyer clears the cookie of who signs out, and says in its log that it could not do more. */
function doubtSignOuts(
  crowd: Crowd,
  { members, foyer }: { members: Member[]; foyer: FoyerProcess },
): void {
  const lines = foyer
    .output()
    .split("\n")
    .filter((line) => line.includes("sign_out_not_written"));
  const doubtful = members.filter(({ requestId }) =>
    lines.some((line) => requestId !== null && line.includes(requestId)),
  );
  for (const member of doubtful) crowd.doubtSignOut(member);
}
