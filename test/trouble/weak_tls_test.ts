import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { exportPKCS8 } from "jose";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { createSigningKey } from "../../src/google_stand_in/signing_keys.ts";
import { CLIENT_ID } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

const ROOT = join(import.meta.dir, "../..");
const WEAK = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
const folder = mkdtempSync(join(tmpdir(), "foyer-tls-"));
let google: GoogleStandIn;
/** Somebody between us and Google: has Google's answers, and a certificate that nobody has signed. */
let stranger: ReturnType<typeof Bun.serve>;
let requests = 0;

beforeAll(async () => {
  google = await startGoogleStandIn({ port: 0 });
  const { privateKey, certificate } = await createSigningKey();
  stranger = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls: { key: await exportPKCS8(privateKey), cert: certificate },
    fetch: () => {
      requests += 1;
      return Response.json({ ...google.keys.keySet(), delivery: {}, status: "enabled" });
    },
  });
});

afterAll(async () => {
  await stranger.stop(true);
  await google.stop();
  rmSync(folder, { recursive: true });
});

const CERTIFICATE = /self.signed certificate|unable to verify|DEPTH_ZERO/;

test("NODE_TLS_REJECT_UNAUTHORIZED=0 weakens no request to Google", async () => {
  const url = stranger.url.href.replace("127.0.0.1", "localhost");
  const program = join(import.meta.dir, "weak_tls.ts");
  const child = Bun.spawn([process.execPath, program, url, google.keys.newest().kid], {
    env: WEAK,
    stdout: "pipe",
  });
  const said = (await new Response(child.stdout).json()) as Record<string, unknown>;
  // The variable does weaken what does not defend itself: so this test can fail.
  expect(said.plain).toBe(200);
  expect(requests).toBe(1);
  expect(said.keys).toMatch(CERTIFICATE);
  expect(said.risc).toMatch(CERTIFICATE);
});

test("NODE_TLS_REJECT_UNAUTHORIZED=0 signs nobody in by another's keys", async () => {
  const before = requests;
  const foyer = await startFoyerProcess([process.execPath, "src/main.ts"], {
    cwd: ROOT,
    env: {
      ...WEAK,
      PORT: String(freePort()),
      DATABASE_URL: `file:${folder}/foyer.db`,
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: stranger.url.href.replace("127.0.0.1", "localhost"),
    },
  });
  try {
    expect(await new RemoteVisitor(foyer.origin).signIn(google)).toBeUndefined();
    await foyer.outputHas('"code":"keys_unavailable"');
    expect(foyer.output()).toMatch(CERTIFICATE);
    expect(requests).toBe(before);
  } finally {
    await foyer.stop("SIGKILL");
  }
});
