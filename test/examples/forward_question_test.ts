import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fetchFrom, type Send } from "../fetch_from.ts";
import { freePort } from "../foyer_process.ts";
import { sitesOn } from "./forward_scene.ts";
import { type Got, startProtectedApplication } from "./protected_application.ts";
import { STRANGER } from "./proxied_foyer.ts";
import { WEBSOCKET } from "./raw_request.ts";
import { FORWARD_PROXIES, isRunnable, type RunningProxy, startProxy } from "./start_proxy.ts";

// What a proxy asks Foyer before it lets a request through, and what it makes of each answer. A recorder stands where
// Foyer would: nobody sees what the real one is asked.

const FROM_FOYER = { "x-auth-request-user": "u1", "x-auth-request-admin": "true" };

/** What Foyer answers to such headers. */
type Answer = (headers: Record<string, string>) => Response | Promise<Response>;

/** As Foyer does: who only asks for a yes or no is not led anywhere. */
const wayToSignIn: Answer = (headers) =>
  headers["sec-fetch-mode"]
    ? Response.redirect("https://auth.foyer.localhost/x", 302)
    : new Response("who?", { status: 401 });

/** Answers of Foyer that let nobody in, and what the visitor must see. */
const REFUSALS: [what: string, answer: Answer, seen: number[]][] = [
  ["a way to sign in", wayToSignIn, [302]],
  ["401", () => new Response("who?", { status: 401 }), [401]],
  ["403", () => new Response("not you", { status: 403 }), [403]],
  ["a wrong request", () => new Response("", { status: 400 }), [400, 503]],
  ["too much", () => new Response("", { status: 429 }), [429, 503]],
  ["an error", () => new Response("", { status: 500, headers: FROM_FOYER }), [500, 503]],
  ["a database that is away", () => new Response("", { status: 503 }), [503]],
];

for (const kind of FORWARD_PROXIES) {
  describe.skipIf(!isRunnable(kind))(`${kind.name} asks Foyer`, () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-asked-"));
    const application = startProtectedApplication("wiki");
    const asked: {
      method: string;
      target: string;
      headers: Record<string, string>;
      body: string;
    }[] = [];
    let answer: Answer;
    let proxy: RunningProxy;
    let send: Send;
    let wiki: string;

    const recorder = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      async fetch(request) {
        const { method, url } = request;
        const target = url.slice(url.indexOf("/", "https://".length));
        const headers = Object.fromEntries(request.headers);
        asked.push({ method, target, headers, body: await request.text() });
        return answer(headers);
      },
    });

    /** Asks for `path` of the application, while Foyer answers so. */
    async function ask(path: string, foyer: Answer, init: RequestInit = {}) {
      answer = foyer;
      asked.length = application.got.length = 0;
      const response = await send(wiki + path, init);
      return { status: response.status, headers: response.headers, text: await response.text() };
    }

    beforeAll(async () => {
      const port = freePort();
      wiki = `https://wiki.foyer.localhost:${port}`;
      const env = {
        ORIGIN: `https://auth.foyer.localhost:${port}`,
        HOST: "127.0.0.1",
        PORT: String(recorder.port),
        SHUTDOWN_SECONDS: "0",
        TRUSTED_PROXIES: "127.0.0.1",
        COOKIE_DOMAIN: "foyer.localhost",
        FORWARD_AUTH_ORIGINS: sitesOn(port),
      };
      const pass = `proxy_pass http://${application.address};`;
      const edit = (printed: string) =>
        printed
          .replaceAll("127.0.0.1:8081", application.address)
          .replaceAll(/(proxy_read_timeout|response_header_timeout|lb_try_duration) 5s/g, "$1 1s")
          // As OPERATING.md says how to open a path.
          .replace(
            /^ {2}location \/ \{\n.*application/m,
            `  location /open/ { auth_request off; ${pass} }\n$&`,
          )
          .replace("forward_auth ", "@closed not path /open/*\n\tforward_auth @closed ");
      const example = `${kind.name}-forward`;
      const names = ["DNS:*.foyer.localhost"];
      proxy = await startProxy(kind, { folder, env, example, names, edit });
      send = fetchFrom(STRANGER, proxy.certificate.pem);
    }, 30_000);

    afterAll(async () => {
      await proxy.stop();
      await recorder.stop(true);
      application.stop();
      rmSync(folder, { recursive: true });
    });

    const letIn = () => new Response(null, { headers: FROM_FOYER });
    const turnAway = () => new Response("who?", { status: 401 });

    for (const method of ["POST", "HEAD", "OPTIONS"]) {
      test(`about a ${method} by GET, without a body, naming the server's origin`, async () => {
        const headers = {
          "x-foyer-origin": "https://evil.example",
          "x-forwarded-uri": "/evil",
          "x-forwarded-method": "EVIL",
          "x-forwarded-for": "9.9.9.9",
          "user-agent": "A browser",
          cookie: "a=1; __Secure-foyer_access=token",
        };
        // Whoever passed it on without its length would ask this, too.
        const body = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
        const request = { method, headers, ...(method === "POST" ? { body } : {}) };
        for (const foyer of [letIn, turnAway]) {
          await ask("/a?b=%20", foyer, request);
          expect(asked.length).toBeGreaterThan(0);
          for (const one of asked) {
            expect([one.method, one.target, one.body]).toEqual(["GET", "/auth/verify", ""]);
            expect(one.headers).toMatchObject({
              "x-foyer-origin": wiki,
              "x-forwarded-for": STRANGER,
              cookie: headers.cookie,
              "user-agent": "A browser",
              host: new URL(proxy.origin).host,
            });
            expect(one.headers["content-length"]).toBeUndefined();
            expect(JSON.stringify(one)).not.toContain("evil");
          }
        }
        // Whoever is turned away is asked about with all that decides about the answer.
        expect(asked.at(-1)?.headers).toMatchObject({
          "x-forwarded-uri": "/a?b=%20",
          "x-forwarded-method": method,
        });
      });
    }

    test("with the visitor's own words, if the visitor may not come in", async () => {
      const headers = {
        accept: "text/html",
        "accept-language": "de",
        "user-agent": "A browser",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
        "hx-request": "true",
        "hx-current-url": `${wiki}/board`,
        "x-requested-with": "XMLHttpRequest",
      };
      await ask("/", turnAway, { headers });
      expect(asked.at(-1)?.headers).toMatchObject(headers);
      await ask("/", turnAway, { headers: WEBSOCKET });
      expect(asked.at(-1)?.headers.upgrade).toBe("websocket");
    });

    test("and tells the application only what Foyer has said", async () => {
      const headers = { "x-auth-request-email": "evil", "x-auth-request-admin": "true" };
      const sparse = { "x-auth-request-user": "u2", "x-auth-request-name": "%7B" };
      const foyer = () => new Response("body of Foyer", { headers: sparse });
      const { text } = await ask("/", foyer, { headers });
      const got = (JSON.parse(text) as Got).headers;
      expect(got["x-auth-request-email"]).toBeUndefined();
      expect(got["x-auth-request-user"]).toBe("u2");
      expect(got["x-auth-request-name"]).toBe("%7B");
    });

    test("and keeps to itself what Foyer says beside that", async () => {
      const secret = { ...FROM_FOYER, "set-cookie": "secret=1", "x-secret": "secret" };
      const { text, headers } = await ask("/", () => new Response(null, { headers: secret }));
      expect(text).not.toContain("secret");
      expect(JSON.stringify([...headers])).not.toContain("secret");
    });

    for (const [what, foyer, seen] of REFUSALS) {
      test(`and lets nobody in on ${what}`, async () => {
        const headers = { "sec-fetch-mode": "navigate" };
        const refused = await ask("/", foyer, { headers });
        expect(seen).toContain(refused.status);
        expect(refused.headers.get("x-own")).toBeNull();
        expect(application.got).toEqual([]);
        const own = await foyer(headers);
        if (own.status !== refused.status || own.status >= 500) return;
        expect(refused.text).toBe(await own.text());
        expect(refused.headers.get("location")).toBe(own.headers.get("location"));
      });
    }

    test("but not about a path that is open to all, where nobody has a name", async () => {
      const headers = {
        "x-auth-request-user": "evil",
        X_Auth_Request_User: "evil",
        cookie: "a=1; __Secure-foyer_access=token",
      };
      const { status, text } = await ask("/open/x", letIn, { headers });
      expect([status, asked]).toEqual([200, []]);
      expect((JSON.parse(text) as Got).headers.cookie).toBe("a=1");
      expect(text).not.toContain("evil");
    });

    test("and lets nobody in while Foyer does not answer", async () => {
      const { status, headers } = await ask("/", () => new Promise<never>(() => {}));
      expect([502, 503, 504]).toContain(status);
      expect(headers.get("x-own")).toBeNull();
      expect(application.got).toEqual([]);
    }, 20_000);
  });
}
