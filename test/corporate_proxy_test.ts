import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLIENT_ID } from "./fixture.ts";
import { freePort, startFoyerProcess } from "./foyer_process.ts";
import { startGoogleBehindProxy } from "./google_behind_proxy.ts";
import { OPENSSL } from "./programs.ts";
import { RemoteVisitor } from "./remote_visitor.ts";

const ROOT = join(import.meta.dir, "..");

describe.skipIf(!OPENSSL.isInstalled)("Google is reached through a corporate proxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-proxy-"));
  let behind: Awaited<ReturnType<typeof startGoogleBehindProxy>>;
  beforeAll(async () => {
    behind = await startGoogleBehindProxy(folder);
  });
  afterAll(async () => {
    await behind.stop();
    rmSync(folder, { recursive: true });
  });

  /** Starts a server with Google's own addresses. */
  const start = (env: Record<string, string>) =>
    startFoyerProcess([process.execPath, "src/main.ts"], {
      cwd: ROOT,
      env: {
        ORIGIN: "https://app.example.com",
        PORT: String(freePort()),
        DATABASE_URL: ":memory:",
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        ...env,
      },
    });

  /**
   * Whether a server gets keys: it asks `/readyz` until it does, or waits for the line that says that it did not.
   * Returns also what the server has logged.
   */
  async function getKeys(env: Record<string, string>): Promise<{ hasKeys: boolean; log: string }> {
    const foyer = await start(env);
    const failure = foyer.outputHas("google_keys_not_fetched").then(() => false);
    try {
      const hasKeys = await Promise.race([failure, waitForKeys(`${foyer.origin}/readyz`)]);
      return { hasKeys, log: foyer.output() };
    } finally {
      await foyer.stop("SIGKILL");
      await failure.catch(() => {});
    }
  }

  const getsKeys = async (env: Record<string, string>) => (await getKeys(env)).hasKeys;

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
    [
      "https_proxy in lower case",
      ({ HTTPS_PROXY, ...env }) => ({ ...env, https_proxy: HTTPS_PROXY }),
    ],
    ["ALL_PROXY", ({ HTTPS_PROXY, ...env }) => ({ ...env, ALL_PROXY: HTTPS_PROXY })],
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

  test("not with HTTP_PROXY alone, which is for http", async () => {
    const { HTTPS_PROXY: HTTP_PROXY, ...env } = behind.env;
    const before = connects();
    expect(await getsKeys({ ...env, HTTP_PROXY })).toBe(false);
    expect(connects()).toBe(before);
  }, 20_000);

  test("with a name and a password, which the log does not repeat", async () => {
    const withPassword = behind.env.HTTPS_PROXY.replace("//", "//ada:s3cret@");
    const { hasKeys, log } = await getKeys({ ...behind.env, HTTPS_PROXY: withPassword });
    expect(hasKeys).toBe(true);
    expect(behind.heads.at(-1)).toContain(`Basic ${btoa("ada:s3cret")}`);
    expect(log).not.toContain("s3cret");
    const dead = { ...behind.env, HTTPS_PROXY: `http://ada:s3cret@127.0.0.1:${freePort()}` };
    const failed = await getKeys(dead);
    expect(failed.hasKeys).toBe(false);
    expect(failed.log).toMatch(/ECONNREFUSED|ConnectionRefused/);
    expect(failed.log).not.toContain("s3cret");
  }, 20_000);

  test("and a person signs in; foyer health asks this machine, whatever HTTP_PROXY says", async () => {
    const nowhere = `http://127.0.0.1:${freePort()}`;
    const env = { ...behind.env, HTTP_PROXY: nowhere, http_proxy: nowhere };
    const foyer = await start(env);
    try {
      const visitor = new RemoteVisitor(foyer.origin);
      expect(await visitor.signIn(behind.google)).toBe("Ada Lovelace");
      const { exitCode, stdout } = Bun.spawnSync(
        [process.execPath, "src/main.ts", "health", "--wait", "5"],
        { cwd: ROOT, env: foyer.env },
      );
      expect(stdout.toString()).toStartWith("ready\n");
      expect(exitCode).toBe(0);
    } finally {
      await foyer.stop("SIGKILL");
    }
  }, 20_000);
});
