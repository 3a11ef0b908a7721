import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildBinary } from "../build_binary.ts";
import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../foyer_process.ts";

/** A compiled Foyer that runs in a folder of its own. */
export interface Binary extends FoyerProcess {
  port: number;
  /** Its private memory, in bytes. */
  privateMemory(): number;
  /** Ends it, and removes its folder. */
  remove(): Promise<void>;
}

/** Compiles Foyer as `bun run build` does, but into a temporary folder, and starts it. */
export async function startBinary(env: Record<string, string> = {}): Promise<Binary> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-fuzz-"));
  const binary = buildBinary(folder);
  const google = await sharedStandIn();
  const port = freePort();
  const running = await startFoyerProcess([binary], {
    cwd: folder,
    env: {
      PORT: String(port),
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      SIGN_IN_LIMIT: "0",
      ...env,
    },
  });
  // A run that ends in the middle leaves no process behind.
  const kill = () => void process.kill(running.pid, "SIGKILL");
  process.once("exit", kill);
  return {
    ...running,
    port,
    privateMemory: () => readPrivateMemory(running.pid),
    async remove() {
      process.off("exit", kill);
      await running.stop("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a process has for itself alone, in bytes. */
function readPrivateMemory(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const kilobytes = [...text.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].map(([, count]) =>
    Number(count),
  );
  return kilobytes.reduce((sum, count) => sum + count, 0) * 1024;
}
