import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLIENT_ID } from "./fixture.ts";
import { freePort, startFoyerProcess } from "./foyer_process.ts";
import { startGoogleBehindProxy } from "./google_behind_proxy.ts";

const ROOT = join(import.meta.dir, "..");

describe("Google is reached through a corporate proxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-proxy-"));
  let behind: Awaited<ReturnType<typeof startGoogleBehindProxy>>;
  beforeAll(async () => {
    behind = await startGoogleBehindProxy(folder);
  });
  afterAll(async () => {
    await behind.stop();
    rmSync(folder, { recursive: true });
  });

  /**
   * Starts a server with Google's own addresses. Whether it gets keys: it asks `/readyz` until it does, or waits for
   * the line that says that it did not.
   */
  async function getsKeys(env: Record<string, string>): Promise<boolean> {
    const foyer = await startFoyerProcess([process.execPath, "src/main.ts"], {
      cwd: ROOT,
      env: {
        ORIGIN: "https://app.example.com",
        PORT: String(freePort()),
        DATABASE_URL: ":memory:",
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        ...env,
      },
    });
    const failure = foyer.outputHas("google_keys_not_fetched").then(() => false);
    try {
      return await Promise.race([failure, waitForKeys(`${foyer.origin}/readyz`)]);
    } finally {
      await foyer.stop("SIGKILL");
      await failure.catch(() => {});
    }
  }

  async function waitForKeys(url: string): Promise<boolean> {
    for (;;) {
      const answer = await fetch(url).catch(() => null);
      if (!answer || answer.ok) return answer !== null;
      await Bun.sleep(20);
    }
  }

  const connects = () => behind.asked.length;

  type ByProxy = Record<"HTTPS_PROXY" | "NODE_EXTRA_CA_CERTS", string>;
  const WAYS: [what: string, change: (env: ByProxy) => Record<string, string>][] = [
    ["HTTPS_PROXY and NODE_EXTRA_CA_CERTS", (env) => env],
    [
      "HTTPS_PROXY and SSL_CERT_FILE",
      ({ HTTPS_PROXY, NODE_EXTRA_CA_CERTS }) => ({
        HTTPS_PROXY,
        SSL_CERT_FILE: NODE_EXTRA_CA_CERTS,
      }),
    ],
    ["NO_PROXY for another host", (env) => ({ ...env, NO_PROXY: ".example.com" })],
  ];
  for (const [what, change] of WAYS) {
    test(`with ${what}`, async () => {
      const before = connects();
      expect(await getsKeys(change(behind.env))).toBe(true);
      expect(connects()).toBeGreaterThan(before);
      expect(behind.asked.at(-1)).toBe("CONNECT www.googleapis.com:443 HTTP/1.1");
    }, 20_000);
  }

  test("not with a certificate that nobody has vouched for", async () => {
    const { HTTPS_PROXY } = behind.env;
    expect(await getsKeys({ HTTPS_PROXY })).toBe(false);
  }, 20_000);

  test("not where NO_PROXY names Google", async () => {
    const before = connects();
    const env = { ...behind.env, NO_PROXY: ".googleapis.com" };
    expect(await getsKeys(env)).toBe(false);
    expect(connects()).toBe(before);
  }, 20_000);
});
