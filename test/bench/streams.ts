import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { openEventStream } from "../event_stream.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

// `bun test/bench/streams.ts`: what idle event streams cost a server in memory (Linux).

const STREAMS = 2000;
/** As many as a session may have. */
const AT_ONCE = 8;
/** Two heartbeats, so that what each brings is counted. */
const SETTLE_MS = 11_000;

const google = await startGoogleStandIn({ port: 0 });
const directory = mkdtempSync(`${tmpdir()}/foyer_streams_`);
const program = new URL("../../src/main.ts", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;
const foyer = await startFoyerProcess([process.execPath, program], {
  cwd: root,
  env: {
    PORT: String(freePort()),
    DATABASE_URL: `file:${directory}/foyer.db`,
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: new URL(google.origin).origin,
    GOOGLE_JWKS_URL: new URL("/oauth2/v3/certs", google.origin).href,
  },
});
try {
  let people = 0;
  // The first streams load what all share.
  await open(AT_ONCE);
  const before = readMemory();
  await open(STREAMS);
  await Bun.sleep(SETTLE_MS);
  const after = readMemory();
  const each = (after - before) / STREAMS;
  console.info(
    `${STREAMS} idle streams: ${((after - before) / 1024).toFixed(0)} MiB more, ${each.toFixed(1)} KiB each`,
  );

  async function open(count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += AT_ONCE) {
      const visitor = new RemoteVisitor(foyer.origin);
      people += 1;
      await visitor.signIn(google, { ...ADA, sub: `${people}`, email: `${people}@gmail.com` });
      await Promise.all(
        Array.from({ length: AT_ONCE }, () => openEventStream(foyer.origin, visitor)),
      );
    }
  }
} finally {
  await foyer.stop("SIGKILL");
  await google.stop();
  rmSync(directory, { recursive: true });
}
process.exit(0);

/** The server's resident memory, in KiB. */
function readMemory(): number {
  const status = readFileSync(`/proc/${foyer.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
}
