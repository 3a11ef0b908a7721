import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { checkSites } from "../../src/commands/doctor/check_sites.ts";
import { createFoyer, type Foyer } from "../fixture.ts";
import { freePort } from "../foyer_process.ts";

// The doctor asks small proxies, each in front of an application, which ask the real Foyer. All but one do it wrong.

const ORIGIN = "http://127.0.0.1:3000";
const OTHER = "http://127.0.0.1:1";

/** The headers of a client that a proxy passes to `/auth/verify`, and what it says itself. */
interface Proxy {
  passed?: string[];
  says?: (request: Request, origin: string) => Record<string, string>;
  /** Answers some requests without asking. */
  answers?: (request: Request) => Response | null;
}

const PASSED = ["accept", "cookie", "hx-request", "sec-fetch-mode", "sec-fetch-dest"];
const says = ({ url, method }: Request, origin: string) => ({
  "x-foyer-origin": origin,
  "x-forwarded-uri": url.slice(origin.length),
  "x-forwarded-method": method,
});

const hello = (status = 200) => new Response("Hello", { status });

const PROXIES: [what: string, proxy: Proxy, finding: RegExp][] = [
  ["is as it should be", {}, /^ok applications: \S+ is closed to strangers, and leads people/],
  ["asks nobody", { answers: () => hello() }, /^problem .* answers 200 .*it is open to everybody/],
  [
    "protects one page only",
    { answers: ({ url }) => (new URL(url).pathname === "/" ? null : hello(404)) },
    /^problem .* answers 404 .*it is open to everybody/,
  ],
  [
    "lets the application lead to its own sign-in",
    { answers: () => new Response(null, { status: 302, headers: { location: "/login" } }) },
    /^problem .* answers 302 .*it is open to everybody/,
  ],
  [
    "does not say for which application it asks",
    { says: () => ({}) },
    /^problem .* answers 403: X-Foyer-Origin is missing/,
  ],
  [
    "asks for another application",
    { says: (request, origin) => ({ ...says(request, origin), "x-foyer-origin": OTHER }) },
    /^problem .* leads people to http:\/\/127\.0\.0\.1:1$/,
  ],
  [
    "believes a client about the application",
    {
      says: (request, origin) => ({
        ...says(request, origin),
        "x-foyer-origin": request.headers.get("x-foyer-origin") ?? origin,
      }),
    },
    /^problem .* believes what clients say about themselves \(302, then 403\)/,
  ],
  [
    "lets in whoever says who they are",
    { answers: ({ headers }) => (headers.has("x-auth-request-user") ? hello() : null) },
    /^problem .* believes what clients say about themselves \(302, then 200\)/,
  ],
  [
    "does not pass on what tells people from scripts",
    { passed: ["cookie"] },
    /^problem .* answers 401 to people: it does not lead them to the way in/,
  ],
  [
    "asks only before scripts get something",
    { answers: ({ headers }) => (headers.has("sec-fetch-mode") ? hello() : null) },
    /^problem .* answers 200 to people: it does not lead them to the way in/,
  ],
  [
    "does not say where people come back to",
    { says: (_, origin) => ({ "x-foyer-origin": origin }) },
    /^warning .* does not let people come back to the page/,
  ],
  [
    "does not reach Foyer",
    { answers: () => hello(502) },
    /^problem .* answers 502: it is closed to everybody/,
  ],
];

/** Listens as a proxy; `foyer` is there as soon as its origin is known. */
function listen(proxy: Proxy, foyer: Promise<Foyer>): Bun.Server<undefined> {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const answer = proxy.answers?.(request);
      if (answer) return answer;
      const headers = new Headers();
      for (const name of proxy.passed ?? PASSED) {
        const value = request.headers.get(name);
        if (value !== null) headers.set(name, value);
      }
      const own = (proxy.says ?? says)(request, new URL(request.url).origin);
      for (const [name, value] of Object.entries(own)) headers.set(name, value);
      const { app } = await foyer;
      const verdict = await app.handle(new Request(`${ORIGIN}/auth/verify`, { headers }));
      return verdict.ok ? hello() : verdict;
    },
  });
}

describe("the doctor, about protected applications,", () => {
  const foyer = Promise.withResolvers<Foyer>();
  const servers = PROXIES.map(([, proxy]) => listen(proxy, foyer.promise));
  const origins = servers.map(({ port }) => `http://127.0.0.1:${port}`);
  const away = `http://127.0.0.1:${freePort()}`;
  let lines: string[] = [];

  beforeAll(async () => {
    const listed = [...origins, away].map((origin) => `${origin} members`);
    const env = { ORIGIN, FORWARD_AUTH_ORIGINS: [...listed, `${OTHER} admins`].join(", ") };
    foyer.resolve(await createFoyer(env));
    const { deps } = await foyer.promise;
    const findings = await checkSites(deps.config);
    lines = findings.map(({ severity, check, text }) => `${severity} ${check}: ${text}`);
    for (const { severity, cure } of findings) expect(cure === null).toBe(severity === "ok");
  });
  afterAll(() => servers.map((server) => server.stop(true)));

  for (const [index, [what, , finding]] of PROXIES.entries()) {
    test(`sees that a proxy ${what}`, () => {
      expect(lines[index]).toMatch(finding);
      expect(lines[index]).toContain(`applications: ${origins[index]} `);
    });
  }

  test("sees that nobody answers", () => {
    expect(lines[PROXIES.length]).toBe(
      `problem applications: ${away} does not answer: ECONNREFUSED`,
    );
  });
});
