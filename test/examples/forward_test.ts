import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { runInProcess } from "../commands/run_in_process.ts";
import { fetchFrom } from "../fetch_from.ts";
import { ADA, GRACE } from "../fixture.ts";
import { freePort } from "../foyer_process.ts";
import type { RemoteVisitor } from "../remote_visitor.ts";
import { type ForwardScene, NAVIGATION, sitesOn, startForwardScene } from "./forward_scene.ts";
import { type Got, startProtectedApplication } from "./protected_application.ts";
import { startProxiedFoyer, STRANGER } from "./proxied_foyer.ts";
import { echoByWebSocket, sendRaw, WEBSOCKET } from "./raw_request.ts";
import { runDoctor } from "./run_doctor.ts";
import { FORWARD_PROXIES, isRunnable } from "./start_proxy.ts";

// Applications that know nothing of Foyer, behind what `foyer example NAME-forward` prints, run with the real program.

/** A page of an application, with what must survive on the way to the sign-in and back. */
const DEEP = "/books/%C3%A9t%C3%A9%20x?q=a+b%2Fc&q=%26&next=https%3A%2F%2Fx.example%2F#";
const DEEP_LINK = DEEP.replace("#", "");

/** What nobody waits for at a screen. */
const BACKGROUND: [what: string, method: string, headers: Record<string, string>][] = [
  ["a fetch", "GET", { accept: "*/*", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }],
  [
    "an image",
    "GET",
    { accept: "image/*", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
  ],
  ["a form by script", "POST", { accept: "application/json" }],
  ["a preflight", "OPTIONS", { origin: "https://x.example", "sec-fetch-mode": "cors" }],
  ["a client without any header", "GET", {}],
  ["a HEAD", "HEAD", { accept: "*/*" }],
  ["a DELETE", "DELETE", {}],
];

for (const kind of FORWARD_PROXIES) {
  describe.skipIf(!isRunnable(kind))(`applications behind ${kind.name}`, () => {
    let scene: ForwardScene;

    beforeAll(async () => {
      scene = await startForwardScene(kind);
    }, 30_000);
    afterAll(() => scene?.stop());

    /** Somebody signed in, who has visited nothing yet. */
    async function signedIn(person = ADA): Promise<RemoteVisitor> {
      const visitor = scene.visitor();
      await visitor.signIn(scene.google, person);
      return visitor;
    }

    const locationOf = (answer: Response) => answer.headers.get("location") ?? "";
    const pathOf = (url: string) => url.replace(scene.proxy.origin, "");

    test("a page asked for comes after the sign-in, with its whole address", async () => {
      const visitor = scene.visitor();
      const asked = await scene.wiki.ask(DEEP_LINK, { headers: NAVIGATION });
      expect(asked.status).toBe(302);
      const enter = locationOf(asked);
      expect(enter).toStartWith(`${scene.proxy.origin}/auth/enter?return=`);
      const card = await visitor.get(pathOf(enter), NAVIGATION);
      expect(card.status).toBe(303);
      expect(locationOf(card)).toContain("/spa/enter?return=");
      await visitor.signIn(scene.google);
      const back = await visitor.get(pathOf(enter), NAVIGATION);
      expect([back.status, locationOf(back)]).toEqual([303, scene.wiki.origin + DEEP_LINK]);
      const page = await scene.wiki.ask(DEEP_LINK, { as: visitor, headers: NAVIGATION });
      expect(page.status).toBe(200);
      expect(await page.json()).toMatchObject({ application: "wiki", target: DEEP_LINK });
    });

    for (const [what, method, headers] of BACKGROUND) {
      test(`${what} of somebody unknown is told 401, and no way`, async () => {
        const before = scene.wiki.got.length;
        const body = method === "POST" ? "a=1" : undefined;
        const request = { method, headers, ...(body ? { body } : {}) };
        const answer = await scene.wiki.ask("/api", request);
        expect(answer.status).toBe(401);
        expect(answer.headers.get("x-answered-by")).toBe("application");
        expect([locationOf(answer), answer.headers.get("hx-redirect")]).toEqual(["", null]);
        expect(scene.wiki.got.length).toBe(before);
      });
    }

    test("htmx is told where to sign in", async () => {
      const page = `${scene.wiki.origin}/board?id=1`;
      const headers = { "hx-request": "true", "hx-current-url": page, "sec-fetch-mode": "cors" };
      const answer = await scene.wiki.ask("/move", { method: "POST", headers, body: "a=1" });
      expect(answer.status).toBe(401);
      const enter = new URL(answer.headers.get("hx-redirect") ?? "");
      expect(enter.pathname).toBe("/auth/enter");
      expect(enter.searchParams.get("return")).toBe(page);
    });

    test("an application is told who asks, and the rest as it came", async () => {
      const ada = await signedIn();
      const headers = { "content-type": "text/plain", "x-own": "1", "x-forwarded-for": "9.9.9.9" };
      const body = "x".repeat(3_000_000);
      const answer = await scene.wiki.ask("/a?b", { as: ada, method: "PUT", headers, body });
      const got = (await answer.json()) as Got;
      expect(got).toMatchObject({ method: "PUT", target: "/a?b", body });
      const shown = await runInProcess(["people", "show", ADA.email], scene.env);
      const user = got.headers["x-auth-request-user"] ?? "";
      expect(user).not.toBe("");
      expect(shown).toContain(user);
      expect(got.headers).toMatchObject({
        "x-auth-request-email": ADA.email,
        "x-auth-request-name": "Ada%20Lovelace",
        "x-auth-request-admin": "false",
        "x-forwarded-for": STRANGER,
        "x-forwarded-proto": "https",
        host: new URL(scene.wiki.origin).host,
        "x-own": "1",
      });
      expect(got.headers.cookie).toBeUndefined();
    });

    test("whoever may not enter sees why, as a page or as a document", async () => {
      const grace = await signedIn(GRACE);
      const before = scene.grafana.got.length;
      const page = await scene.grafana.ask("/", { as: grace, headers: NAVIGATION });
      expect(page.status).toBe(403);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(page.headers.get("content-security-policy")).toContain("'sha256-");
      expect(page.headers.get("x-answered-by")).toBe("application");
      const data = await scene.grafana.ask("/", { as: grace, headers: { accept: "*/*" } });
      expect(data.status).toBe(403);
      expect(await data.json()).toMatchObject({ code: "site_not_allowed" });
      expect(scene.grafana.got.length).toBe(before);
      expect((await scene.wiki.ask("/", { as: grace })).status).toBe(200);
    });

    test("the answers of an application are its own", async () => {
      const ada = await signedIn();
      for (const status of [200, 302, 304, 401, 403, 404, 413, 500, 502, 503]) {
        const answer = await scene.wiki.ask(`/status/${status}`, { as: ada, headers: NAVIGATION });
        expect(answer.status).toBe(status);
        expect(answer.headers.get("x-own")).toBe("wiki");
        expect(answer.headers.get("www-authenticate")).toBe('Basic realm="own"');
        expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
        expect(answer.headers.get("x-answered-by")).toBeNull();
        if (status === 302) {
          expect(locationOf(answer)).toBe(`http://${scene.wiki.address}/elsewhere`);
        }
        if (status !== 304) expect(await answer.json()).toMatchObject({ application: "wiki" });
      }
    });

    test("a stream comes as it is written", async () => {
      const answer = await scene.wiki.ask("/stream", { as: await signedIn() });
      const reader = answer.body?.getReader();
      const { value } = (await reader?.read()) ?? {};
      expect(new TextDecoder().decode(value)).toBe("data: first\n\n");
      await reader?.cancel();
    });

    test("a WebSocket opens for whoever may enter, and for nobody else", async () => {
      const ada = await signedIn();
      const { port, hostname, host } = new URL(scene.wiki.origin);
      const target = { port: Number(port), servername: hostname, ca: scene.proxy.certificate.pem };
      const shake = async (cookie: string) => {
        const lines = Object.entries({ host, cookie, ...WEBSOCKET });
        const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
        return sendRaw(target, `GET /socket HTTP/1.1\r\n${head}\r\n`);
      };
      const before = scene.wiki.got.length;
      const refused = await shake("a=1");
      refused.socket.destroy();
      expect(refused.status).toBe(401);
      expect(scene.wiki.got.length).toBe(before);
      const opened = await shake(`${cookieOf(ada)}; a=1`);
      expect(opened.status).toBe(101);
      const headers = { cookie: "a=1", upgrade: "websocket" };
      expect(scene.wiki.got.at(-1)?.headers).toMatchObject(headers);
      expect(scene.wiki.got.at(-1)?.headers.connection).toMatch(/^upgrade$/i);
      expect(await echoByWebSocket(opened, "hello")).toBe("hello");
    });

    test("sign-out, disable and another rule count from the next request", async () => {
      const [ada, grace] = [await signedIn(), await signedIn(GRACE)];
      const statuses = async () => [
        (await scene.grafana.ask("/", { as: ada })).status,
        (await scene.wiki.ask("/", { as: grace })).status,
      ];
      // Others who hold the same cookie.
      const [asAda, asGrace] = [ada.clone(), grace.clone()];
      expect(await statuses()).toEqual([200, 200]);
      expect((await ada.post("/auth/logout")).status).toBe(200);
      expect((await scene.grafana.ask("/", { as: asAda })).status).toBe(401);
      await runInProcess(["people", "disable", GRACE.email], scene.env);
      expect((await scene.wiki.ask("/", { as: asGrace })).status).toBe(403);
      await runInProcess(["people", "enable", GRACE.email], scene.env);
      const again = await signedIn(GRACE);
      expect((await scene.grafana.ask("/", { as: again })).status).toBe(403);
      const port = new URL(scene.proxy.origin).port;
      await scene.restart({ FORWARD_AUTH_ORIGINS: sitesOn(port, GRACE.email) });
      expect((await scene.grafana.ask("/", { as: again })).status).toBe(200);
      await scene.restart({ FORWARD_AUTH_ORIGINS: sitesOn(port) });
      expect((await scene.grafana.ask("/", { as: again })).status).toBe(403);
    }, 20_000);

    test("http leads to https, each host to its own", async () => {
      for (const { origin } of [scene.wiki, scene.grafana]) {
        const { hostname: host } = new URL(origin);
        const url = `http://127.0.0.1:${scene.proxy.httpPort}/a?b=1`;
        const answer = await fetch(url, { headers: { host }, redirect: "manual" });
        expect([301, 308]).toContain(answer.status);
        expect(locationOf(answer)).toBe(`${origin}/a?b=1`);
      }
    });

    test("the doctor finds them closed, and reaches none", async () => {
      const before = [scene.wiki.got.length, scene.grafana.got.length];
      const NODE_EXTRA_CA_CERTS = scene.proxy.certificate.certPath;
      const diagnosis = await runDoctor({ ...scene.env, NODE_EXTRA_CA_CERTS });
      expect(diagnosis.of("applications")).toEqual(["ok", "ok"]);
      expect([scene.wiki.got.length, scene.grafana.got.length]).toEqual(before);
    }, 30_000);

    test("without Foyer nobody enters, and the page is the proxy's", async () => {
      const ada = await signedIn();
      await scene.foyer.stop("SIGKILL");
      const before = scene.wiki.got.length;
      const answers = [{}, NAVIGATION].map((headers) => scene.wiki.ask("/", { as: ada, headers }));
      for (const answer of await Promise.all(answers)) {
        expect([502, 503]).toContain(answer.status);
        expect(answer.headers.get("x-answered-by")).toBeNull();
        expect(await answer.text()).not.toContain("wiki");
      }
      expect(scene.wiki.got.length).toBe(before);
      await scene.restart({});
      expect((await scene.wiki.ask("/", { as: ada })).status).toBe(200);
    }, 30_000);
  });
}

for (const kind of FORWARD_PROXIES) {
  test.skipIf(!isRunnable(kind))(
    `without a domain for cookies, ${kind.name} protects another port of Foyer's own host`,
    async () => {
      const wiki = startProtectedApplication("wiki");
      const origin = `https://localhost:${freePort()}`;
      const scene = await startProxiedFoyer(kind, {
        env: { FORWARD_AUTH_ORIGINS: `${origin} members` },
        example: `${kind.name}-forward`,
        edit: (printed) => printed.replace("127.0.0.1:8081", wiki.address),
      });
      const send = fetchFrom(STRANGER, scene.proxy.certificate.pem);
      const unknown = await send(`${origin}/a?b`, { headers: NAVIGATION });
      const enter = unknown.headers.get("location") ?? "";
      expect(enter).toStartWith(`${scene.proxy.origin}/auth/enter?`);
      const ada = scene.visitor();
      await ada.signIn(scene.google);
      const back = await ada.get(enter.replace(scene.proxy.origin, ""), NAVIGATION);
      expect(back.headers.get("location")).toBe(`${origin}/a?b`);
      // A browser sends all cookies of a host to each of its ports.
      const cookies = [...ada.cookies].map(([name, value]) => `${name}=${value}`);
      expect(cookies.length).toBe(2);
      const known = await send(`${origin}/a?b`, {
        headers: { cookie: ["c=1", ...cookies].join("; ") },
      });
      expect(((await known.json()) as Got).headers.cookie).toBe("c=1");
      wiki.stop();
      await scene.stop();
    },
    20_000,
  );
}

const cookieOf = ({ cookies }: RemoteVisitor) =>
  `__Secure-foyer_access=${cookies.get("__Secure-foyer_access")}`;
