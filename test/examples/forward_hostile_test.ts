import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:http2";
import { Readable } from "node:stream";

import { ADA, GRACE } from "../fixture.ts";
import type { RemoteVisitor } from "../remote_visitor.ts";
import {
  ACCESS_COOKIE,
  type ForwardScene,
  NAVIGATION,
  type ProtectedSite,
  startForwardScene,
} from "./forward_scene.ts";
import type { Got } from "./protected_application.ts";
import { sendRaw } from "./raw_request.ts";
import { FORWARD_PROXIES, isRunnable } from "./start_proxy.ts";

// What a client may try against the proxies of `foyer example NAME-forward`: a row for each trick.

const IDENTITY = ["Admin", "Email", "Name", "User"];
const NAMES = IDENTITY.map((last) => `x-auth-request-${last.toLowerCase()}`);

/** Each of `X-Auth-Request-…`, with `_` in each set of places. */
const SPELLINGS = IDENTITY.flatMap((last) =>
  Array.from({ length: 8 }, (_, places) =>
    ["X", "Auth", "Request", last].reduce(
      (name, part, at) => name + (places & (1 << (at - 1)) ? "_" : "-") + part,
    ),
  ),
);

/** Lines of a request that say who its sender is: the application must not read them, in whatever spelling. */
const LIES: [what: string, lines: string[]][] = [
  ["in each spelling", SPELLINGS.map((name) => `${name}: evil`)],
  ["in small letters", SPELLINGS.map((name) => `${name.toLowerCase()}: evil`)],
  ["in capitals", SPELLINGS.map((name) => `${name.toUpperCase()}: evil`)],
  ["twice", [...SPELLINGS, ...SPELLINGS].map((name) => `${name}: evil`)],
  ["without a value", SPELLINGS.map((name) => `${name}:`)],
  [
    "under names of oauth2-proxy",
    ["Groups", "Access-Token", "Preferred-Username"].map((last) => `X-Auth-Request-${last}: evil`),
  ],
  ["with a space before the colon", ["X-Auth-Request-Email : evil"]],
  ["with a tab before the colon", ["X-Auth-Request-Email\t: evil"]],
  ["with a NUL", ["X-Auth-Request-Email\0: evil"]],
  ["with a dot", ["X.Auth.Request.Email: evil"]],
  ["on a line that goes on", ["X-Own: 1", " X-Auth-Request-Email: evil"]],
  ["behind a bare carriage return", ["X-Own: 1\rX-Auth-Request-Email: evil"]],
  ["behind a bare line feed", ["X-Own: 1\nX-Auth-Request-Email: evil"]],
  ["as names for the connection alone", IDENTITY.map((n) => `Connection: X-Auth-Request-${n}`)],
  [
    "as names beside an upgrade",
    ["Connection: Upgrade, X-Auth-Request-User", "Upgrade: websocket"],
  ],
  ["as a trailer", ["Trailer: X-Auth-Request-Email", "TE: trailers"]],
];

const [access, session, signIn, bound] = [
  ACCESS_COOKIE,
  "__Host-Http-session_id",
  "__Host-Http-sign_in",
  "__Host-session_bound",
] as const;

/** `Cookie` headers with `TOKEN` for a good one, and what is left of them. */
const COOKIES: [sent: string, left: string | undefined][] = [
  [`${access}=TOKEN`, undefined],
  [`${access}=TOKEN; a=1`, "a=1"],
  [`a=1; ${access}=TOKEN`, "a=1"],
  [`a=1; ${access}=TOKEN; b=2`, "a=1; b=2"],
  [`a=1;${access}=TOKEN;b=2`, "a=1;b=2"],
  [`a=1;  \t${access}=TOKEN ;  b=2`, "a=1;  b=2"],
  [`${access}=TOKEN; ${session}=x; ${signIn}=y; ${bound}=z; a=1`, "a=1"],
  [`a=1; ${session}=x; b="2, 3"; ${access}=TOKEN; c=; ${signIn}=y; d`, 'a=1; b="2, 3"; c=; d'],
  [`${access}=TOKEN; a=1; ${access}=TOKEN; b=2; ${access}=TOKEN; c=3`, "a=1; b=2; c=3"],
  [`${access} =x; a=1; ${access}=TOKEN`, "a=1"],
  [
    `x${access}=1; ${access}x=2; a=${access}=3; ${access}=TOKEN`,
    `x${access}=1; ${access}x=2; a=${access}=3`,
  ],
  [`${access}=TOKEN; a=1=2==; a=1; A=é%20`, "a=1=2==; a=1; A=é%20"],
];

/** What somebody may try at a door that is shut: lines that come first, and the name in the TLS handshake. */
const DOORS: [what: string, first: string, lines: string[], servername?: string][] = [
  ["another origin", "GET /", ["Host: GRAFANA", "X-Foyer-Origin: https://WIKI"]],
  ["two origins", "GET /", ["Host: GRAFANA", "X-Foyer-Origin: https://WIKI", "X-Foyer-Origin: x"]],
  [
    "the origin as the connection's alone",
    "GET /",
    ["Host: GRAFANA", "Connection: X-Foyer-Origin"],
  ],
  [
    "a forwarded host",
    "GET /",
    ["Host: GRAFANA", "X-Forwarded-Host: WIKI", "Forwarded: host=WIKI"],
  ],
  ["a handshake for another name", "GET /", ["Host: GRAFANA"], "wiki"],
  ["a handshake for Foyer", "GET /", ["Host: GRAFANA"], "auth"],
  ["a host twice", "GET /", ["Host: WIKI", "Host: GRAFANA"], "wiki"],
  ["a host twice, the other way", "GET /", ["Host: GRAFANA", "Host: WIKI"], "wiki"],
  ["a host before the path", "GET https://GRAFANA/", ["Host: WIKI"], "wiki"],
  ["a host with a dot", "GET /", ["Host: grafana.foyer.localhost."]],
  ["a host in capitals", "GET /", ["Host: GRAFANA.FOYER.LOCALHOST"]],
  ["a host with another port", "GET /", ["Host: grafana.foyer.localhost:1"]],
  ["a host with a name before", "GET /", ["Host: WIKI@GRAFANA"]],
  ["the path of the question", "GET /.foyer/verify", ["Host: GRAFANA"]],
  ["the path of the answer", "GET //.foyer/answer", ["Host: GRAFANA"]],
  ["an encoded path", "GET /%2efoyer/away", ["Host: GRAFANA"]],
  ["a path that climbs", "GET /public/../../x", ["Host: GRAFANA"]],
  ["an encoded path that climbs", "GET /auth/verify/%2e%2e/%2e%2e/x", ["Host: GRAFANA"]],
  ["a path with two slashes", "GET //evil.example/x", ["Host: GRAFANA"]],
  ["another path for the application", "GET /", ["Host: GRAFANA", "X-Original-URL: /x"]],
  ["a method of its own", "FOO /", ["Host: GRAFANA"]],
  ["a CONNECT", "CONNECT /", ["Host: GRAFANA"]],
  ["a TRACE", "TRACE /", ["Host: GRAFANA"]],
  ["a preflight", "OPTIONS /", ["Host: GRAFANA", "Origin: https://x.example"]],
  ["a method in another's place", "POST /", ["Host: GRAFANA", "X-HTTP-Method-Override: OPTIONS"]],
  [
    "two lengths",
    "POST /",
    ["Host: GRAFANA", "Content-Length: 4", "Transfer-Encoding: chunked", "", "0", ""],
  ],
];

for (const kind of FORWARD_PROXIES) {
  describe.skipIf(!isRunnable(kind))(`${kind.name} holds against`, () => {
    let scene: ForwardScene;
    let [ada, grace]: RemoteVisitor[] = [];

    beforeAll(async () => {
      scene = await startForwardScene(kind);
      [ada, grace] = await Promise.all([signedIn(ADA), signedIn(GRACE)]);
    }, 30_000);
    afterAll(() => scene?.stop());

    async function signedIn(person: typeof ADA): Promise<RemoteVisitor> {
      const visitor = scene.visitor();
      await visitor.signIn(scene.google, person);
      return visitor;
    }

    const tokenOf = (visitor?: RemoteVisitor) => visitor?.cookies.get(ACCESS_COOKIE) ?? "";

    /** Sends lines as they stand, and returns the status and what the application got. */
    async function send(site: ProtectedSite, lines: string[], servername?: string) {
      const { port, hostname } = new URL(site.origin);
      const name = servername ? `${servername}.foyer.localhost` : hostname;
      const ca = scene.proxy.certificate.pem;
      const before = site.got.length;
      const text = `${lines.join("\r\n")}\r\n\r\n`;
      const { status, socket, head } = await sendRaw(
        { port: Number(port), servername: name, ca },
        text,
      );
      socket.destroy();
      return { status, head, got: site.got.slice(before) };
    }

    for (const [what, lines] of LIES) {
      test(`a name of one's own choice ${what}`, async () => {
        const { host } = new URL(scene.wiki.origin);
        const cookie = `Cookie: ${ACCESS_COOKIE}=${tokenOf(ada)}`;
        const { status, got } = await send(scene.wiki, [
          ...["GET /who HTTP/1.1", `Host: ${host}`, cookie],
          ...lines,
        ]);
        expect([200, 101, 400]).toContain(status);
        if (status === 400) return expect(got).toEqual([]);
        const [{ headers } = { headers: {} }] = got;
        const named = Object.entries(headers).filter(([name]) => /auth.request/i.test(name));
        expect(named.map(([name]) => name).toSorted()).toEqual(NAMES);
        expect(named.map(([, value]) => value).join()).not.toContain("evil");
      });
    }

    for (const [sent, left] of COOKIES) {
      test(`Cookie: ${sent}`, async () => {
        const cookie = sent.replaceAll("TOKEN", tokenOf(ada));
        const headers = { cookie };
        const answer = await scene.wiki.ask("/", { headers });
        expect(answer.status).toBe(200);
        expect(((await answer.json()) as Got).headers.cookie).toBe(left as string);
      });
    }

    test("more cookies of Foyer's than a browser has", async () => {
      const many = Array.from({ length: 9 }, (_, at) => `${access}=${tokenOf(ada)}; a${at}=1`);
      const answer = await scene.wiki.ask("/", { headers: { cookie: many.join("; ") } });
      expect(await answer.text()).not.toContain(tokenOf(ada));
    });

    test("cookies in pieces, as browsers send them by HTTP/2", async () => {
      const { host, hostname: servername, port } = new URL(scene.wiki.origin);
      const { pem: ca } = scene.proxy.certificate;
      const session = connect(`https://127.0.0.1:${port}`, { ca, servername });
      const own = [`${ACCESS_COOKIE}=${tokenOf(ada)}`, `${ACCESS_COOKIE}=x`];
      const cookie = ["a=1", ...own, "b=2", `${signIn}=y`];
      const stream = session.request({ ":authority": host, ":path": "/", cookie });
      const body = await new Response(Readable.toWeb(stream) as unknown as ReadableStream).json();
      session.close();
      expect((body as Got).headers.cookie).toBe("a=1; b=2");
    });

    for (const [what, first, lines, servername] of DOORS) {
      test(`${what} at a closed door`, async () => {
        const hosts = (text: string) =>
          text
            .replaceAll("WIKI", new URL(scene.wiki.origin).host)
            .replaceAll(/GRAFANA(?!\.)/g, new URL(scene.grafana.origin).host);
        const applications = [scene.wiki, scene.grafana];
        const before = applications.map(({ got }) => got.length);
        const ask = (visitor?: RemoteVisitor) => {
          const cookie = `Cookie: ${ACCESS_COOKIE}=${tokenOf(visitor)}`;
          const request = [`${first} HTTP/1.1`, cookie, ...lines].map(hosts);
          return send(scene.grafana, request, servername);
        };
        const { status, head } = await ask();
        // Caddy answers 200 with nothing for a host that it does not know.
        if (status === 200) expect(head).toMatch(/^content-length: 0$/im);
        expect(applications.map(({ got }) => got.length)).toEqual(before);
        // She may open the other one.
        await ask(grace);
        expect(scene.grafana.got.length).toBe(before[1] as number);
      });
    }

    for (const target of ["//a//b", "/%61%2Fb%252F?%20=%", "/a;b=c,d?e=[1]{2}|3"]) {
      test(`${target} comes as it was sent, or not at all`, async () => {
        const { host } = new URL(scene.wiki.origin);
        const lines = [`Host: ${host}`, `Cookie: ${ACCESS_COOKIE}=${tokenOf(ada)}`];
        const request = [`GET ${target} HTTP/1.1`, ...lines];
        const { status, got } = await send(scene.wiki, request);
        expect([200, 400]).toContain(status);
        if (status === 200) expect(got[0]?.target).toBe(target);
      });
    }

    for (const path of ["/.foyer/verify", "//.foyer/answer", "/%2efoyer/away"]) {
      test(`${path} from outside`, async () => {
        const answer = await scene.wiki.ask(path, { as: ada as RemoteVisitor });
        // nginx keeps such paths to itself; to Caddy they are the application's.
        expect(answer.status).toBe(kind.name === "nginx" ? 404 : 200);
        expect(answer.headers.get("x-auth-request-user")).toBeNull();
        expect(answer.headers.get("x-answered-by")).toBeNull();
      });
    }

    test("a long address", async () => {
      const path = `/search?q=${"x".repeat(7000)}`;
      const known = await scene.wiki.ask(path, { as: ada as RemoteVisitor });
      expect([known.status, ((await known.json()) as Got).target]).toEqual([200, path]);
      const unknown = await scene.wiki.ask(path, { headers: NAVIGATION });
      expect(unknown.status).toBe(302);
    });

    for (const upgrade of [["h2c"], ["h2c", "websocket"], ["h2c, websocket"], ["TLS/1.2"]]) {
      test(`an upgrade to ${upgrade.join(" and to ")}`, async () => {
        const { host } = new URL(scene.wiki.origin);
        const lines = [`Host: ${host}`, `Cookie: ${ACCESS_COOKIE}=${tokenOf(ada)}`];
        const wish = [
          "Connection: Upgrade, HTTP2-Settings",
          ...upgrade.map((one) => `Upgrade: ${one}`),
        ];
        const { got } = await send(scene.wiki, ["GET / HTTP/1.1", ...lines, ...wish]);
        expect([undefined, "websocket"]).toContain(got[0]?.headers.upgrade);
      });
    }
  });
}
