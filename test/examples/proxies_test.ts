import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { gunzipSync } from "node:zlib";

import { SignJWT } from "jose";

import { PATHS } from "../../src/paths.ts";
import { createDeviceKey, type DeviceKey } from "../dbsc_browser.ts";
import { fetchFrom } from "../fetch_from.ts";
import { freePort } from "../foyer_process.ts";
import type { RemoteVisitor } from "../remote_visitor.ts";
import { type ProxiedFoyer, startProxiedFoyer, STRANGER } from "./proxied_foyer.ts";
import { isRunnable, PROXIES, type RunningProxy, startProxy } from "./start_proxy.ts";

// What `foyer example` prints for a proxy, run with the real program before the real application.

/** The address that a client claims. */
const LIE = { "x-forwarded-for": "203.0.113.9" };

for (const kind of PROXIES) {
  describe.skipIf(!isRunnable(kind))(`behind ${kind.name}`, () => {
    let scene: ProxiedFoyer;

    beforeAll(async () => {
      scene = await startProxiedFoyer(kind);
    }, 30_000);
    afterAll(() => scene?.stop());

    test("a page comes over TLS and HTTP/2, compressed once, with each header once", async () => {
      expect(await protocolOf(scene)).toBe("h2");
      const page = await scene.visitor().get("/spa", { "accept-encoding": "gzip" });
      expect(page.status).toBe(200);
      expect(page.headers.get("x-answered-by")).toBe("application");
      expect(page.headers.get("strict-transport-security")).toBe("max-age=31536000");
      expect(page.headers.get("content-encoding")).toBe("gzip");
      const html = gunzipSync(await page.arrayBuffer()).toString();
      expect(html).toContain('id="content_section"');
    });

    test("http leads to https", async () => {
      const url = `http://localhost:${scene.proxy.httpPort}/spa/account?a=1`;
      const answer = await fetch(url, { redirect: "manual" });
      expect([301, 308]).toContain(answer.status);
      expect(answer.headers.get("location")).toBe(`${scene.proxy.origin}/spa/account?a=1`);
    });

    test("Google leads back to the public origin", async () => {
      const answer = await scene.visitor().get(PATHS.google);
      expect(answer.status).toBe(303);
      const { searchParams } = new URL(answer.headers.get("location") ?? "");
      expect(searchParams.get("redirect_uri")).toBe(`${scene.proxy.origin}/auth/callback`);
    });

    test("a form from Google's site signs in, with cookies as they are", async () => {
      const browser = scene.visitor();
      const { first, second } = await signInByForm(scene, browser);
      expect(first.status).toBe(200);
      expect(first.headers.getSetCookie()).toEqual([]);
      expect(second.status).toBe(303);
      expect(second.headers.get("location")).toBe("/spa/content.secret2");
      const cookies = second.headers.getSetCookie().map((line) => {
        const [pair = "", ...attributes] = line.split("; ");
        return [pair.split("=")[0], ...attributes.toSorted()];
      });
      const own = ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "Secure"];
      expect(cookies).toEqual([["__Host-Http-session_id", ...own]]);
      expect((await browser.fragment("/htmx/content.secret2")).status).toBe(200);
    });

    test("a client's lie about its address is not believed", async () => {
      const browser = scene.visitor();
      await signInByForm(scene, browser, LIE);
      const account = await (await browser.fragment("/htmx/account")).text();
      const facts = [...account.matchAll(/<span> · ([^<]*)<\/span>/g)].map(([, fact]) => fact);
      const places = facts.filter((fact) => fact !== "bound to this device");
      // The client is another address of the loopback network.
      expect(new Set(places)).toEqual(new Set(["This computer"]));
      expect(scene.foyer.output()).not.toContain("forwarded_for");
    });

    test("an event arrives within half a second", async () => {
      const browser = scene.visitor();
      await signInByForm(scene, browser);
      const events = await browser.get(PATHS.events);
      const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
      expect((await reader?.read())?.value).toStartWith("retry:");
      const begun = performance.now();
      const out = browser.post(PATHS.logout);
      expect((await reader?.read())?.value).toContain("event: LoginStatusChange");
      expect(performance.now() - begun).toBeLessThan(500);
      expect((await out).status).toBe(200);
      await reader?.cancel();
    });

    test("long headers and bodies reach Foyer, whose refusals say more", async () => {
      const browser = scene.visitor();
      const long = await browser.get("/spa", { cookie: `a=${"x".repeat(12_000)}` });
      expect(long.status).toBe(200);
      const query = await browser.get(`/spa?${"x".repeat(5000)}`);
      expect([query.status, query.headers.get("x-answered-by")]).toEqual([400, "application"]);
      const body = await browser.post(PATHS.login, { credential: "x".repeat(66_000) });
      expect([body.status, body.headers.get("x-answered-by")]).toEqual([413, "application"]);
      expect(await body.json()).toMatchObject({ code: "body_too_large" });
    });

    test("everybody may ask whether it lives, and only this machine whether it is ready", async () => {
      const browser = scene.visitor();
      expect((await browser.get(PATHS.health)).status).toBe(200);
      for (const path of [PATHS.ready, PATHS.probes, "/%72eadyz"]) {
        const ready = await browser.get(path);
        expect([ready.status, ready.headers.get("x-answered-by")]).toEqual([404, null]);
      }
    });

    test("a browser binds its session, and renews it", async () => {
      const browser = scene.visitor();
      const { second } = await signInByForm(scene, browser);
      const key = await createDeviceKey("RS256");
      const offer = second.headers.get("secure-session-registration");
      const bound = await prove(PATHS.binding, {
        browser,
        key,
        challenge: challengeIn(offer),
        header: { jwk: key.jwk },
      });
      expect(bound.status).toBe(200);
      const { session_identifier: id } = (await bound.json()) as { session_identifier: string };
      const session = { "sec-secure-session-id": id };
      const asked = await browser.post(PATHS.bindingRefresh, {}, session);
      expect([asked.status, await asked.text()]).toEqual([403, ""]);
      const challenge = challengeIn(asked.headers.get("secure-session-challenge"));
      const renewed = await prove(PATHS.bindingRefresh, {
        browser,
        key,
        challenge,
        headers: session,
      });
      expect([renewed.status, await renewed.text()]).toEqual([200, ""]);
      expect(renewed.headers.getSetCookie().join()).toStartWith("__Host-session_bound=");
      const nobody = await scene.visitor().post(PATHS.bindingRefresh, {}, session);
      expect([nobody.status, await nobody.text()]).toEqual([401, ""]);
    });
  });
}

interface Proved {
  browser: RemoteVisitor;
  key: DeviceKey;
  challenge: string;
  header?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Posts a challenge that the device has signed. */
async function prove(path: string, { browser, key, challenge, header, headers }: Proved) {
  const proof = await new SignJWT({ jti: challenge })
    .setProtectedHeader({ alg: key.alg, typ: "dbsc+jwt", ...header })
    .sign(key.privateKey);
  return browser.post(path, {}, { "secure-session-response": proof, ...headers });
}

/** The challenge of an offer, or of an answer to a proof. */
function challengeIn(header: string | null): string {
  return /(?:^|challenge=)"([^"]+)"/.exec(header ?? "")?.[1] ?? "";
}

/** How long a proxy waits for the rest of a request, with each one's own word for it. */
const PATIENCE = /(client_header_timeout|read_header|timeout http-request) 10s/;

test("a proxy does not wait for a request that never ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-slow-"));
  const cut = PROXIES.filter(isRunnable).map(async (kind) => {
    const ORIGIN = `https://localhost:${freePort()}`;
    const edit = (printed: string) => {
      if (!PATIENCE.test(printed)) throw new Error(`${kind.name} waits for ever`);
      return printed.replace(PATIENCE, "$1 1s");
    };
    const proxy = await startProxy(kind, { folder, env: { ORIGIN }, edit });
    await sendForEver(proxy);
    await proxy.stop();
    return kind.name;
  });
  expect(await Promise.all(cut)).toEqual(PROXIES.filter(isRunnable).map(({ name }) => name));
  rmSync(folder, { recursive: true });
});

/** Sends a line of a header every 100 ms, and resolves when the proxy closes the connection. */
async function sendForEver({ origin, certificate }: RunningProxy): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const port = Number(new URL(origin).port);
  const options = { host: "127.0.0.1", servername: "localhost", port, ca: certificate.pem };
  const socket = connect(options, () => socket.write("GET /spa HTTP/1.1\r\nHost: localhost\r\n"));
  const timer = setInterval(() => socket.write("X-Slow: 1\r\n"), 100);
  socket.on("error", () => {});
  socket.on("close", () => resolve());
  await promise;
  clearInterval(timer);
}

test("what a proxy says when Foyer is away is not taken for Foyer's word", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-away-"));
  const answers = PROXIES.filter(isRunnable).map(async (kind) => {
    const [port, nowhere] = [freePort(), freePort()];
    const env = { ORIGIN: `https://localhost:${port}`, HOST: "127.0.0.1", PORT: String(nowhere) };
    const proxy = await startProxy(kind, { folder, env: { ...env, SHUTDOWN_SECONDS: "0" } });
    const { status, headers } = await sendTo(proxy)(`${proxy.origin}/spa`);
    await proxy.stop();
    return {
      isGatewayError: [502, 503].includes(status),
      answeredBy: headers.get("x-answered-by"),
    };
  });
  for (const answer of await Promise.all(answers)) {
    expect(answer).toEqual({ isGatewayError: true, answeredBy: null });
  }
  rmSync(folder, { recursive: true });
}, 30_000);

const sendTo = ({ certificate }: RunningProxy) => fetchFrom(STRANGER, certificate.pem);

function protocolOf({ proxy }: ProxiedFoyer): Promise<string | false | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | false | null>();
  const port = Number(new URL(proxy.origin).port);
  const options = { host: "127.0.0.1", servername: "localhost", port, ca: proxy.certificate.pem };
  const socket = connect({ ...options, ALPNProtocols: ["h2", "http/1.1"] }, () => {
    resolve(socket.alpnProtocol);
    socket.destroy();
  });
  socket.on("error", reject);
  return promise;
}

/** Signs in as redirect mode does: Google's form comes from Google's site, and then from our own page. */
async function signInByForm(
  { google, proxy }: ProxiedFoyer,
  browser: RemoteVisitor,
  headers: Record<string, string> = {},
) {
  const credential = await browser.credential(google);
  const fields = { credential, g_csrf_token: "c5rf", state: "/spa/content.secret2" };
  const first = await sendTo(proxy)(proxy.origin + PATHS.callback, {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site", origin: google.origin, ...headers },
    body: new URLSearchParams(fields),
  });
  browser.cookies.set("g_csrf_token", "c5rf");
  return { first, second: await browser.post(PATHS.callback, fields, headers) };
}
