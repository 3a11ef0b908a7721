import { afterAll, describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";

const google = await startGoogleStandIn({ port: 0 });
const hosts = await google.startGoogleHosts({ tlsPort: 0, proxyPort: 0 });
afterAll(async () => {
  await hosts.stop();
  await google.stop();
});

const NAMES = ["accounts.google.com", "google.com", "www.googleapis.com"];
const proxyPort = Number(new URL(hosts.proxyUrl).port);

/** Asks `path` of a host, as a browser does that maps the host to the port. */
async function ask(host: string, path: string) {
  const answer = await fetch(`https://127.0.0.1:${hosts.tlsPort}${path}`, {
    headers: { Host: host },
    tls: { ca: hosts.certificate, serverName: host },
  } as RequestInit);
  return (await answer.json()) as Record<string, unknown>;
}

/** What the proxy says first to `head`. */
function askProxy(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxyPort, "127.0.0.1", () => socket.write(head));
    socket.once("data", (data) => {
      resolve(data.toString().split("\r\n")[0] ?? "");
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

describe("Google's hosts", () => {
  test("have a certificate for themselves, and for no other", () => {
    const certificate = new X509Certificate(hosts.certificate);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(NAMES.map((name) => certificate.checkHost(name))).toEqual(NAMES);
    expect(certificate.checkHost("evil.google.com")).toBeUndefined();
    expect(certificate.checkHost("localhost")).toBeUndefined();
  });

  test.each(NAMES)("shake hands as %s", async (servername) => {
    const authorized = await new Promise((resolve, reject) => {
      const options = { port: hosts.tlsPort, host: "127.0.0.1", ca: hosts.certificate, servername };
      const socket = connectTls(options, () => {
        resolve(socket.authorized);
        socket.destroy();
      });
      socket.once("error", reject);
    });
    expect(authorized).toBe(true);
  });

  test("are known to Chromium by their key", () => {
    const { publicKey } = new X509Certificate(hosts.certificate);
    const spki = publicKey.export({ type: "spki", format: "der" });
    const hash = new Bun.CryptoHasher("sha256").update(spki).digest("base64");
    expect(hosts.chromiumArgs[1]).toBe(`--ignore-certificate-errors-spki-list=${hash}`);
    for (const name of NAMES) {
      expect(hosts.chromiumArgs[0]).toContain(`MAP ${name} 127.0.0.1:${hosts.tlsPort}`);
    }
  });

  test("name each other as Google's do", async () => {
    const provider = await ask("accounts.google.com", "/.well-known/openid-configuration");
    expect(provider.authorization_endpoint).toBe("https://accounts.google.com/o/oauth2/v2/auth");
    // FedCM asks the site, google.com, for what accounts.google.com has.
    for (const host of ["accounts.google.com", "google.com"]) {
      expect(await ask(host, "/.well-known/web-identity")).toEqual({
        provider_urls: ["https://accounts.google.com/gsi/fedcm.json"],
        accounts_endpoint: "https://accounts.google.com/gsi/fedcm/accounts",
        login_url: "https://accounts.google.com/signin",
      });
    }
  });

  test.each(NAMES)("are reached through the proxy: %s", async (name) => {
    expect(await askProxy(`CONNECT ${name}:443 HTTP/1.1\r\nHost: ${name}:443\r\n\r\n`)).toBe(
      "HTTP/1.1 200 Connection established",
    );
  });

  test.each([
    "CONNECT example.com:443 HTTP/1.1\r\n\r\n",
    "CONNECT accounts.google.com:80 HTTP/1.1\r\n\r\n",
    "CONNECT accounts.google.com.evil.example:443 HTTP/1.1\r\n\r\n",
    "CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n",
    "GET http://accounts.google.com/ HTTP/1.1\r\n\r\n",
    "\r\n",
    `CONNECT ${"a".repeat(10_000)}:443 HTTP/1.1\r\n\r\n`,
  ])("the proxy leads nowhere else: %p", async (head) => {
    expect(await askProxy(head)).toBe("HTTP/1.1 403 Forbidden");
  });
});
