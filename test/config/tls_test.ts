import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ConfigError, readConfig } from "../../src/config.ts";
import { describeCertificate } from "../../src/config/tls.ts";
import { OPENSSL } from "../programs.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-config-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NAME = "app.example.com";
const DAY_MS = 86_400_000;
const NEW_KEYS: Record<string, string[]> = {
  rsa: ["rsa:2048"],
  ec: ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
  ed25519: ["ed25519"],
};

function openssl(...args: string[]): void {
  const { success, stderr } = Bun.spawnSync([OPENSSL.path, ...args], { cwd: folder });
  if (!success) throw new Error(stderr.toString());
}

const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");

/** Makes every kind of file that operators have. */
function createFiles(): void {
  const names = ["-subj", `/CN=${NAME}`, "-addext", `subjectAltName=DNS:${NAME},IP:203.0.113.7`];
  for (const [name, key] of Object.entries(NEW_KEYS)) {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    openssl("req", "-x509", "-nodes", "-days", "30", "-newkey", ...key, ...names, ...files);
  }
  openssl("rsa", "-in", "rsa.key", "-traditional", "-out", "pkcs1.key");
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "sec1.key");
  openssl("req", "-x509", "-key", "sec1.key", ...names, "-out", "sec1.pem");
  openssl("req", "-new", "-key", "rsa.key", "-subj", `/CN=${NAME}`, "-out", "request.pem");
  const secret = ["-passout", "pass:hunter2"];
  openssl("pkcs8", "-topk8", "-in", "rsa.key", ...secret, "-out", "encrypted.key");
  openssl("rsa", "-in", "rsa.key", "-traditional", "-aes128", ...secret, "-out", "old.key");
  const join = (to: string, ...parts: string[]) => writeFileSync(at(to), parts.map(read).join(""));
  join("both.pem", "rsa.pem", "rsa.key");
  join("key_first.pem", "rsa.key", "rsa.pem");
  join("chain.pem", "rsa.pem", "ec.pem");
  join("chain_wrong_way.pem", "ec.pem", "rsa.pem");
  writeFileSync(at("torn.pem"), read("rsa.pem").slice(0, 300));
  writeFileSync(at("torn.key"), read("rsa.key").slice(0, 300));
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  writeFileSync(at("broken_chain.pem"), read("rsa.pem") + broken);
  writeFileSync(at("empty.pem"), "");
}

/** What is wrong with a certificate and a key, in files. */
function mistakesOf(cert: string, key: string): string {
  try {
    const env = { TLS_CERT: at(cert), TLS_KEY: at(key), ORIGIN: `https://${NAME}` };
    readConfig({ ...env, GOOGLE_OAUTH2_CLIENT_ID: "client" });
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.join("\n");
    throw error;
  }
}

describe.skipIf(!OPENSSL.isInstalled)("TLS_CERT and TLS_KEY", () => {
  if (OPENSSL.isInstalled) createFiles();

  const RIGHT: [cert: string, key: string][] = [
    ["rsa.pem", "rsa.key"],
    ["rsa.pem", "pkcs1.key"],
    ["ec.pem", "ec.key"],
    ["sec1.pem", "sec1.key"],
    ["ed25519.pem", "ed25519.key"],
    ["chain.pem", "rsa.key"],
    ["both.pem", "both.pem"],
    ["key_first.pem", "key_first.pem"],
  ];
  for (const [cert, key] of RIGHT) {
    test(`take ${cert} with ${key}, and Bun serves them`, async () => {
      expect(mistakesOf(cert, key)).toBe("");
      const tls = { cert: read(cert), key: read(key) };
      const server = Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        tls,
        fetch: () => new Response(),
      });
      await server.stop(true);
    });
  }

  const WRONG: [cert: string, key: string, mistake: RegExp][] = [
    ["rsa.pem", "ec.key", /^TLS_KEY is not the key of the certificate in TLS_CERT$/],
    ["ec.pem", "sec1.key", /^TLS_KEY is not the key of the certificate in TLS_CERT$/],
    ["chain_wrong_way.pem", "rsa.key", /^TLS_KEY is not the key of the certificate in TLS_CERT$/],
    ["rsa.pem", "encrypted.key", /^TLS_KEY .* is encrypted: .* without a passphrase$/],
    ["rsa.pem", "old.key", /^TLS_KEY .* is encrypted: .* without a passphrase$/],
    ["rsa.key", "rsa.pem", /^TLS_CERT .*certificate\nTLS_KEY .*private key$/],
    ["request.pem", "rsa.key", /^TLS_CERT .* is not a PEM file with a certificate$/],
    ["torn.pem", "rsa.key", /^TLS_CERT .* has a certificate that cannot be read$/],
    ["broken_chain.pem", "rsa.key", /^TLS_CERT .* has a certificate that cannot be read$/],
    ["rsa.pem", "torn.key", /^TLS_KEY .* has a private key that cannot be read$/],
    ["empty.pem", "rsa.key", /^TLS_CERT .* is not a PEM file with a certificate$/],
    [".", "rsa.key", /^TLS_CERT .* cannot be read \(EISDIR\)$/],
    ["none.pem", "none.key", /^TLS_CERT .*\(ENOENT\)\nTLS_KEY .*\(ENOENT\)$/],
  ];
  for (const [cert, key, mistake] of WRONG) {
    test(`refuse ${cert} with ${key} in a sentence, without a line of either`, () => {
      const said = mistakesOf(cert, key);
      expect(said).toMatch(mistake);
      for (const line of said.split("\n")) expect(line.length).toBeLessThan(200);
      expect(said).not.toContain("MII");
    });
  }

  const cert = () => ({ cert: read("rsa.pem"), key: "" });
  const now = Date.now();
  const VALID: [origin: string, now: number, described: RegExp | null][] = [
    [`https://${NAME}`, now, null],
    [`https://${NAME}:8443`, now, null],
    ["https://203.0.113.7", now, null],
    ["https://203.0.113.8", now, /^It is not for 203\.0\.113\.8$/],
    ["https://[2001:db8::1]", now, /^It is not for \[2001:db8::1\]$/],
    ["https://x.app.example.com", now, /^It is not for x\.app\.example\.com$/],
    [`https://${NAME}`, now - 2 * DAY_MS, /^It begins on /],
    [`https://${NAME}`, now + 31 * DAY_MS, /^It has ended on /],
  ];
  for (const [origin, time, described] of VALID) {
    test(`are ${described ?? "good"} for ${origin}`, () => {
      const said = describeCertificate(cert(), { origin, now: time });
      if (described) expect(said).toMatch(described);
      else expect(said).toBeNull();
    });
  }
});
