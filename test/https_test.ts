import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runInProcess } from "./commands/run_in_process.ts";
import { type Certificate, createCertificate } from "./examples/certificate.ts";
import { fetchFrom } from "./fetch_from.ts";
import { CLIENT_ID, sharedStandIn } from "./fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "./foyer_process.ts";
import { OPENSSL } from "./programs.ts";
import { RemoteVisitor } from "./remote_visitor.ts";

const ROOT = join(import.meta.dir, "..");
const SOURCE = [process.execPath, "src/main.ts"];

// Foyer that speaks TLS itself, with a certificate that openssl made.

describe.skipIf(!OPENSSL.isInstalled)("https without a proxy", () => {
  let folder: string;
  let certificate: Certificate;
  let foyer: FoyerProcess;
  let origin: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "foyer-https-"));
    certificate = createCertificate(folder);
    const google = await sharedStandIn();
    const port = freePort();
    origin = `https://localhost:${port}`;
    foyer = await startFoyerProcess(SOURCE, {
      cwd: ROOT,
      env: {
        PORT: String(port),
        ORIGIN: origin,
        HOST: "127.0.0.1",
        TLS_CERT: certificate.certPath,
        TLS_KEY: certificate.keyPath,
        DATABASE_URL: `file:${folder}/foyer.db`,
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        GOOGLE_ACCOUNTS_URL: google.origin,
        GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
        container: "podman",
      },
    });
  }, 30_000);

  afterAll(async () => {
    await foyer?.stop("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  const send = () => fetchFrom("127.0.0.1", certificate.pem);

  test("serves pages with HSTS, and signs in with cookies of this host alone", async () => {
    const visitor = new RemoteVisitor(origin, send());
    const page = await visitor.get("/spa");
    expect(page.status).toBe(200);
    expect(page.headers.get("strict-transport-security")).toBe("max-age=31536000");
    const navbar = await visitor.fragment("/auth/auth_navbar");
    const cookies = navbar.headers.getSetCookie();
    const credential = await visitor.credential(await sharedStandIn());
    const signedIn = await visitor.post("/auth/login", { credential });
    expect(await signedIn.json()).toEqual({ Authenticated_as: "Ada Lovelace" });
    cookies.push(...signedIn.headers.getSetCookie());
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-/);
      expect(cookie).toContain("; Secure");
      expect(cookie).toContain("; Path=/");
      expect(cookie).not.toContain("Domain");
    }
    expect((await visitor.get("/auth/is_authenticated")).status).toBe(200);
  });

  test("shows people the network that they come from, and warns of no proxy", async () => {
    const visitor = new RemoteVisitor(origin, send());
    await visitor.signIn(await sharedStandIn());
    const account = await (await visitor.fragment("/htmx/account")).text();
    expect(account).toContain("This computer");
    expect(foyer.output()).not.toContain("forwarded_for_missing");
  });

  test("is believed by nobody who does not know the certificate", async () => {
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow(/certificate/);
  });

  test("answers no plain http on its port", async () => {
    const answer = fetch(`${origin.replace("https:", "http:")}/healthz`);
    await expect(answer).rejects.toThrow();
  });

  test("offers TLS 1.3 and 1.2, and nothing older", async () => {
    const ask = (version: string) =>
      Bun.spawnSync([OPENSSL.path, "s_client", "-connect", new URL(origin).host, version], {
        stdin: null,
        timeout: 10_000,
      }).stdout.toString();
    expect(ask("-tls1_3")).toMatch(/Cipher is TLS_/);
    expect(ask("-tls1_2")).toMatch(/Cipher is (?!\(NONE\))/);
    expect(ask("-tls1_1")).not.toMatch(/Cipher is (?!\(NONE\))/);
  });

  test("is asked for its health at its own address", async () => {
    await expect(runInProcess(["health", "--wait", "5"], foyer.env)).resolves.toStartWith(
      "ready\n",
    );
  });

  test("says that nothing outside a container reaches loopback", async () => {
    await foyer.outputHas('"loopback_in_container"');
    const lines = foyer.output().split("\n");
    const [line = "{}"] = lines.filter((one) => one.includes("loopback_in_container"));
    expect(JSON.parse(line)).toMatchObject({ level: "warn", host: "127.0.0.1" });
    expect(line).toContain("HOST=0.0.0.0");
    expect(foyer.output()).not.toContain("certificate_not_valid");
  });
});
