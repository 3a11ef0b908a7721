import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { gunzipSync } from "node:zlib";

import { openSqlite } from "../db/sqlite/open_sqlite.ts";
import { createToken, hashToken } from "../src/auth/token.ts";
import { readConfig } from "../src/config.ts";
import { MACHINE } from "../src/machine.ts";
import { PATHS } from "../src/paths.ts";
import { type RunningServer, startServer } from "../src/server.ts";
import { signInWith } from "./db/sign_ins.ts";
import { auditAt, CLIENT_ID, NO_ASSETS } from "./fixture.ts";
import { freePort } from "./foyer_process.ts";
import { TEST_PAGES } from "./pages.tsx";

// What Bun's own routes hand to a shortcut, and what they leave to `fetch`.

const port = freePort();
const store = openSqlite(":memory:", MACHINE);
const token = createToken(MACHINE.random);
const MEMBER = { cookie: `session_id=${token}`, "hx-request": "true" };
const { navbar, page } = PATHS;
let server: RunningServer;

beforeAll(async () => {
  const now = Date.now();
  const later = now + 500_000;
  const times = { expiresAt: later, idleEndsAt: later, nonceKeptUntil: later };
  await store.signIn(signInWith({ tokenHash: hashToken(token), ...times }), auditAt(now));
  const env = { PORT: String(port), HOST: "127.0.0.1", GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID };
  const config = readConfig({ ...env, ORIGIN: `http://localhost:${port}` });
  const log = () => {};
  server = startServer({ ...MACHINE, config, store, pages: TEST_PAGES, assets: NO_ASSETS, log });
});

afterAll(() => server.stop());

interface Asked {
  path: string;
  method?: string;
  headers?: Record<string, string>;
}

const ask = ({ path, ...init }: Asked) => fetch(`http://127.0.0.1:${port}${path}`, init);

const ROWS: [what: string, asked: Asked, status: number, isMember: boolean][] = [
  ["a member", { path: navbar, headers: MEMBER }, 200, true],
  ["a member's HEAD", { path: navbar, headers: MEMBER, method: "HEAD" }, 200, true],
  [
    "a member at a host with a short name",
    { path: navbar, headers: { ...MEMBER, host: "a" } },
    200,
    true,
  ],
  ["a member with a query", { path: `${navbar}?a=b`, headers: MEMBER }, 200, true],
  [
    "a member whose query is too long",
    { path: `${navbar}?${"a".repeat(5000)}`, headers: MEMBER },
    400,
    false,
  ],
  ["a member without htmx", { path: navbar, headers: { cookie: MEMBER.cookie } }, 400, false],
  ["a member's POST from nowhere", { path: navbar, headers: MEMBER, method: "POST" }, 403, false],
  [
    "a member behind a cookie that is none",
    {
      path: navbar,
      headers: { ...MEMBER, cookie: `session_id=${"x".repeat(43)}; ${MEMBER.cookie}` },
    },
    200,
    false,
  ],
  ["a stranger", { path: navbar, headers: { "hx-request": "true" } }, 200, false],
  ["the page", { path: page }, 200, false],
  [
    "the page with part of it asked for",
    { path: page, headers: { range: "bytes=0-1" } },
    200,
    false,
  ],
  ["the page with a query that is too long", { path: `${page}?${"a".repeat(5000)}` }, 400, false],
  ["the page in other letters", { path: page.toUpperCase() }, 404, false],
  ["the page behind a slash", { path: `${page}/` }, 404, false],
];

describe("over HTTP", () => {
  for (const [what, asked, status, isMember] of ROWS) {
    test(`${what} is answered with ${status}`, async () => {
      const { headers, ...response } = await ask(asked).then(async (answer) => ({
        status: answer.status,
        headers: answer.headers,
        text: await answer.text(),
      }));
      expect(response.status).toBe(status);
      expect(headers.has("x-answered-for")).toBe(isMember);
      expect(headers.get("x-answered-by")).toBe("application");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
      expect(response.text === "").toBe(asked.method === "HEAD");
    });
  }

  test("a member's navigation bar is the same compressed", async () => {
    const asked = (encoding: string) => ({ ...MEMBER, "accept-encoding": encoding });
    const plain = await ask({ path: navbar, headers: asked("identity") });
    const init = { headers: asked("gzip"), decompress: false };
    const packed = await fetch(`http://127.0.0.1:${port}${navbar}`, init);
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(await packed.bytes()).toString()).toBe(await plain.text());
  });
});
