import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { exportPKCS8 } from "jose";

import { type Environment, readConfig } from "../src/config.ts";
import { LOOPBACK } from "../src/config/networks.ts";
import { createSigningKey } from "../src/google_stand_in/signing_keys.ts";
import { CLIENT, mistakesIn, PUBLIC } from "./config/mistakes.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with a PEM block of this kind. */
function pemFile(kind: string): string {
  const path = join(folder, `${kind.replaceAll(" ", "_")}.pem`);
  writeFileSync(path, `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`);
  return path;
}

describe("readConfig", () => {
  test("has the defaults of the contract", () => {
    expect(readConfig(CLIENT)).toEqual({
      port: 3000,
      host: "localhost",
      origin: "http://localhost:3000",
      database: { engine: "sqlite", path: "foyer.db" },
      googleClientId: "client",
      googleSignIn: "html",
      googleUxMode: "popup",
      googleOneTap: false,
      googleButtonFedCm: false,
      googleAuthClaims: false,
      googleHostedDomain: null,
      allowedEmails: null,
      adminAmr: null,
      adminEmails: new Set(),
      signUp: "open",
      auditRetentionMs: 34_560_000_000,
      sessionMaxAgeMs: 600_000,
      sessionLifetimeMs: 604_800_000,
      offersBinding: false,
      signInLimit: 60,
      trustedProxies: LOOPBACK,
      sites: [],
      cookieDomain: null,
      brand: {
        name: "Foyer",
        color: "#9c4221",
        isOwnColor: false,
        logo: null,
        // Pages have words of their own, in each language.
        headline: undefined,
        lead: undefined,
        support: null,
        privacyUrl: null,
        termsUrl: null,
      },
      metrics: null,
      logLevel: "info",
      logAddresses: "full",
      shutdownMs: 10_000,
      tls: null,
      accountRetentionMs: null,
      googleJwksUrl: "https://www.googleapis.com/oauth2/v3/certs",
      googleAccountsUrl: "https://accounts.google.com",
    });
  });

  test("treats empty variables as unset", () => {
    expect(readConfig({ ...CLIENT, PORT: "", ALLOWED_EMAILS: "", SESSION_MAX_AGE: "" })).toEqual(
      readConfig(CLIENT),
    );
  });

  test("listens on loopback, unless it serves https for other machines itself", async () => {
    expect(readConfig(PUBLIC).host).toBe("127.0.0.1");
    const { privateKey, certificate } = await createSigningKey();
    const cert = join(folder, "certificate.pem");
    writeFileSync(cert, certificate);
    const tls = { TLS_CERT: cert, TLS_KEY: join(folder, "key.pem") };
    writeFileSync(tls.TLS_KEY, await exportPKCS8(privateKey));
    expect(readConfig({ ...PUBLIC, ...tls }).host).toBe("0.0.0.0");
    const local = { ...CLIENT, ORIGIN: "https://localhost:3000", ...tls };
    expect(readConfig(local).host).toBe("localhost");
    expect(readConfig(local).tls?.cert).toBe(readFileSync(cert, "utf8"));
  });

  test("follows PORT in the default origin", () => {
    expect(readConfig({ ...CLIENT, PORT: "8080" }).origin).toBe("http://localhost:8080");
  });

  test("is frozen", () => {
    expect(Object.isFrozen(readConfig(CLIENT))).toBe(true);
  });

  test("names every mistake at once", () => {
    const mistakes = mistakesIn({
      PORT: "http",
      ORIGIN: "http://example.com",
      DATABASE_URL: "mysql://x",
      GOOGLE_SIGN_IN: "magic",
      SESSION_MAX_AGE: "0",
      ALLOWED_EMAILS: "a@b@c",
    });
    const names = mistakes.map((mistake) => mistake.split(" ")[0] ?? "");
    expect(names.sort()).toEqual([
      "ALLOWED_EMAILS",
      "DATABASE_URL",
      "GOOGLE_OAUTH2_CLIENT_ID",
      "GOOGLE_SIGN_IN",
      "ORIGIN",
      "PORT",
      "SESSION_MAX_AGE",
    ]);
  });

  const WRONG: Environment[] = [
    { PORT: "0" },
    { PORT: "65536" },
    { PORT: "3000.5" },
    { PORT: "0x50" },
    { PORT: " 3000" },
    { PORT: "-1" },
    { HOST: "0.0.0.0" },
    { HOST: "192.168.0.1" },
    { HOST: "a b" },
    { HOST: "http://localhost" },
    { ORIGIN: "localhost:3000" },
    { ORIGIN: "http://app.example.com" },
    { ORIGIN: "https://app.example.com/path" },
    { ORIGIN: "https://app.example.com?x" },
    { ORIGIN: "https://user:secret@app.example.com" },
    { ORIGIN: "http://localhost.example.com" },
    { ORIGIN: "http://127.0.0.1.example.com" },
    { ORIGIN: "ftp://localhost" },
    { ORIGIN: "null" },
    { DATABASE_URL: "foyer.db" },
    { DATABASE_URL: "file:" },
    { DATABASE_URL: "file://host/foyer.db" },
    { DATABASE_URL: "file:foyer.db?mode=ro" },
    { DATABASE_URL: "sqlite:foyer.db" },
    { DATABASE_URL: "file::memory:" },
    { DATABASE_URL: "file: " },
    { TRUSTED_PROXIES: "10.0.0.0/8," },
    { TRUSTED_PROXIES: "10.0.0.0/33" },
    { TRUSTED_PROXIES: "10.0.0.0/-1" },
    { TRUSTED_PROXIES: "10.0.0.0/8/8" },
    { TRUSTED_PROXIES: "10/8" },
    { TRUSTED_PROXIES: "010.0.0.0/8" },
    { TRUSTED_PROXIES: "fd00::/129" },
    { TRUSTED_PROXIES: "proxy.example.com" },
    { TRUSTED_PROXIES: "0.0.0.0/0" },
    { TRUSTED_PROXIES: "10.0.0.1, ::/0" },
    { TRUSTED_PROXIES: "true" },
    { GOOGLE_OAUTH2_CLIENT_ID: "" },
    { GOOGLE_OAUTH2_CLIENT_ID: "a b" },
    { GOOGLE_OAUTH2_CLIENT_ID: "GOCSPX-not-the-id" },
    { GOOGLE_OAUTH2_CLIENT_ID: "c".repeat(256) },
    { GOOGLE_SIGN_IN: "HTML" },
    { GOOGLE_SIGN_IN: "constructor" },
    { GOOGLE_UX_MODE: "window" },
    { GOOGLE_ONE_TAP: "yes" },
    { GOOGLE_AUTH_CLAIMS: "amr" },
    { GOOGLE_BUTTON_FEDCM: "1" },
    { GOOGLE_SIGN_IN: "fedcm", GOOGLE_ONE_TAP: "true" },
    { GOOGLE_SIGN_IN: "fedcm", GOOGLE_UX_MODE: "redirect" },
    { GOOGLE_SIGN_IN: "fedcm", GOOGLE_BUTTON_FEDCM: "true" },
    { GOOGLE_HOSTED_DOMAIN: "example" },
    { GOOGLE_HOSTED_DOMAIN: "@example.com" },
    { GOOGLE_HOSTED_DOMAIN: "exämple.com" },
    { ALLOWED_EMAILS: "," },
    { ALLOWED_EMAILS: "ada@gmail.com," },
    { ALLOWED_EMAILS: "@" },
    { ALLOWED_EMAILS: "@example" },
    { ALLOWED_EMAILS: "ada" },
    { ALLOWED_EMAILS: "ada@gmail.com grace@gmail.com" },
    { ALLOWED_EMAILS: "ädä@gmail.com" },
    { ADMIN_EMAILS: "@example.com" },
    { ADMIN_EMAILS: "ada@" },
    { SESSION_MAX_AGE: "0" },
    { SESSION_MAX_AGE: "1.5" },
    { SESSION_MAX_AGE: "1e3" },
    { SESSION_MAX_AGE: "99999999999999999999" },
    { SESSION_MAX_AGE: "604801" },
    { SESSION_LIFETIME: "599" },
    { SESSION_LIFETIME: "0" },
    { SIGN_IN_LIMIT: "-1" },
    { SIGN_UP: "invited" },
    { SIGN_UP: "OPEN" },
    { AUDIT_RETENTION_DAYS: "0" },
    { AUDIT_RETENTION_DAYS: "for ever" },
    { AUDIT_RETENTION_DAYS: "36501" },
    { SIGN_IN_LIMIT: "many" },
    { METRICS_PORT: "0" },
    { METRICS_PORT: "3000" },
    { METRICS_PORT: "0.0.0.0:3000" },
    { METRICS_PORT: "0.0.0.0" },
    { METRICS_PORT: ":9090" },
    { METRICS_PORT: "::1:9090" },
    { METRICS_PORT: "http://0.0.0.0:9090" },
    { LOG_LEVEL: "trace" },
    { LOG_ADDRESSES: "yes" },
    { SHUTDOWN_SECONDS: "-1" },
    { SHUTDOWN_SECONDS: "3601" },
    { ACCOUNT_RETENTION_DAYS: "0" },
    { TLS_CERT: "/nowhere.pem" },
    { TLS_CERT: pemFile("CERTIFICATE") },
    { TLS_KEY: pemFile("PRIVATE KEY") },
    { TLS_CERT: pemFile("PRIVATE KEY"), TLS_KEY: pemFile("PRIVATE KEY") },
    { TLS_CERT: pemFile("CERTIFICATE"), TLS_KEY: pemFile("EC PRIVATE KEY"), PORT: "3000" },
    { GOOGLE_JWKS_URL: "certs" },
    { GOOGLE_JWKS_URL: "file:///etc/passwd" },
    { GOOGLE_ACCOUNTS_URL: "http://127.0.0.1:3001/gsi" },
    { GOOGLE_JWKS_URL: "http://127.0.0.1:3001/certs", ORIGIN: "https://app.example.com" },
    { GOOGLE_ACCOUNTS_URL: "http://127.0.0.1:3001", ORIGIN: "https://app.example.com" },
  ];
  for (const env of WRONG) {
    test(`refuses ${JSON.stringify(env)}`, () => {
      const mistakes = mistakesIn({ ...CLIENT, ...env });
      expect(mistakes.length).toBeGreaterThan(0);
      expect(
        mistakes.some((mistake) => Object.keys(env).some((name) => mistake.includes(name))),
      ).toBe(true);
    });
  }

  for (const path of ["/foyer", "/foyer/", "//", "/a/b?c", "/."]) {
    const origin = `https://app.example.com${path}`;
    test(`says of ${origin} whether sub-paths are supported`, () => {
      const [mistake = ""] = mistakesIn({ ...CLIENT, ORIGIN: origin });
      if (path === "/.") expect(mistake).toBe("");
      else expect(mistake).toMatch(/^ORIGIN must have no path, .* sub-paths are not supported$/);
    });
  }

  const RIGHT: [env: Environment, expected: object][] = [
    [{ ORIGIN: "https://App.Example.com/" }, { origin: "https://app.example.com" }],
    [{ ORIGIN: "https://app.example.com:8443" }, { origin: "https://app.example.com:8443" }],
    [{ ORIGIN: "http://127.0.0.1:5000" }, { host: "localhost", origin: "http://127.0.0.1:5000" }],
    [{ ORIGIN: "http://[::1]:5000", HOST: "::1" }, { host: "::1" }],
    [{ HOST: "127.0.0.1" }, { host: "127.0.0.1" }],
    [{ ORIGIN: "https://app.example.com", HOST: "10.0.0.1" }, { host: "10.0.0.1" }],
    [
      { DATABASE_URL: "file:/var/lib/foyer.db" },
      { database: { engine: "sqlite", path: "/var/lib/foyer.db" } },
    ],
    [
      { DATABASE_URL: "file:///var/lib/foyer.db" },
      { database: { engine: "sqlite", path: "/var/lib/foyer.db" } },
    ],
    [{ DATABASE_URL: ":memory:" }, { database: { engine: "sqlite", path: ":memory:" } }],
    [
      { ALLOWED_EMAILS: " Ada@Gmail.com , @Example.com" },
      {
        allowedEmails: { addresses: new Set(["ada@gmail.com"]), domains: new Set(["example.com"]) },
      },
    ],
    [{ ADMIN_EMAILS: "A@b.example" }, { adminEmails: new Set(["a@b.example"]) }],
    [{ GOOGLE_HOSTED_DOMAIN: "Orbit.Example" }, { googleHostedDomain: "orbit.example" }],
    [
      { SESSION_MAX_AGE: "1", SESSION_LIFETIME: "1" },
      { sessionMaxAgeMs: 1000, sessionLifetimeMs: 1000 },
    ],
    [{ SIGN_IN_LIMIT: "0" }, { signInLimit: 0 }],
    [{ SIGN_UP: "closed" }, { signUp: "closed" }],
    [{ AUDIT_RETENTION_DAYS: "1" }, { auditRetentionMs: 86_400_000 }],
    [{ GOOGLE_SIGN_IN: "js" }, { googleSignIn: "js" }],
    [{ GOOGLE_SIGN_IN: "fedcm", GOOGLE_UX_MODE: "popup" }, { googleSignIn: "fedcm" }],
    [{ GOOGLE_ONE_TAP: "true", GOOGLE_UX_MODE: "redirect" }, { googleOneTap: true }],
    [{ GOOGLE_BUTTON_FEDCM: "true", GOOGLE_UX_MODE: "redirect" }, { googleButtonFedCm: true }],
    [{ GOOGLE_AUTH_CLAIMS: "true", GOOGLE_SIGN_IN: "fedcm" }, { googleAuthClaims: true }],
    [{ GOOGLE_ONE_TAP: "false", GOOGLE_SIGN_IN: "fedcm" }, { googleOneTap: false }],
  ];
  for (const [env, expected] of RIGHT) {
    test(`accepts ${JSON.stringify(env)}`, () => {
      expect(readConfig({ ...CLIENT, ...env })).toMatchObject(expected);
    });
  }

  test("never repeats a password", () => {
    const text = mistakesIn({
      ...CLIENT,
      DATABASE_URL: "mysql://user:s3cr@et@host/db",
      GOOGLE_JWKS_URL: "http://user:s3cr@et@localhost/x",
      ORIGIN: "https://user:s3cr@et@app.example.com",
    }).join();
    expect(text).toContain("DATABASE_URL");
    expect(text).not.toContain("s3cr");
    expect(text).not.toContain("et@");
  });
});
