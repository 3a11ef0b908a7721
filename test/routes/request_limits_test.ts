import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { parseResponse } from "../dom.ts";
import { createFoyer, type Foyer } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import { createLimited, from, signInFrom } from "./limits_scene.ts";

const OFFICE = from("203.0.113.7");
const HOME = from("198.51.100.1");

/** Sends the same request so many times, and counts the answers by status. */
async function ask(
  visitor: Visitor,
  path: string,
  {
    count,
    headers,
    method = "GET",
  }: { count: number; headers: Record<string, string>; method?: string },
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  for (let index = 0; index < count; index += 1) {
    const { status } = await visitor.send(path, { method, headers });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

const HTMX = { "hx-request": "true" };

/** Uses up what an address may ask for. */
async function exhaust(foyer: Foyer, headers: Record<string, string>): Promise<void> {
  const stranger = foyer.visitor();
  await ask(stranger, "/htmx/content.top", { count: 1000, headers: { ...headers, ...HTMX } });
  await ask(stranger, "/spa", { count: 1000, headers });
}

describe("the requests of strangers", () => {
  type Row = [path: string, status: number, headers?: Record<string, string>];
  const ROWS: Row[] = [
    ["/spa/content.list", 200],
    ["/auth/google", 303],
    [PATHS.navbar, 200, HTMX],
    ["/htmx/content.top", 200, HTMX],
    ["/plain/content.top", 200],
    ["/no", 404],
    [PATHS.navbar, 400],
    [PATHS.isAuthenticated, 401],
  ];
  for (const [path, status, more] of ROWS) {
    test(`to ${path} are 1,000 at once from one address (${status})`, async () => {
      const foyer = await createLimited();
      const headers = { ...OFFICE, ...more };
      const visitor = foyer.visitor();
      expect(await ask(visitor, path, { count: 1020, headers })).toEqual({
        [status]: 1000,
        429: 20,
      });
      const elsewhere = { ...HOME, ...more };
      expect(await ask(visitor, path, { count: 1, headers: elsewhere })).toEqual({ [status]: 1 });
      foyer.clock.pass(1000);
      expect(await ask(visitor, path, { count: 51, headers })).toEqual({ [status]: 50, 429: 1 });
    });
  }

  test("are bounded for all addresses together", async () => {
    const foyer = await createLimited();
    const visitor = foyer.visitor();
    const statuses: Record<number, number> = {};
    for (let index = 0; index < 9000; index += 1) {
      const headers = from(`2001:db8:${index.toString(16)}::1`);
      const { status } = await visitor.send("/spa", { headers });
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    expect(statuses).toEqual({ 200: 8000, 429: 1000 });
  });

  test("are not limited for the health check and for assets", async () => {
    const foyer = await createLimited();
    await exhaust(foyer, OFFICE);
    const visitor = foyer.visitor();
    expect(await ask(visitor, PATHS.health, { count: 10, headers: OFFICE })).toEqual({ 200: 10 });
    const icon = { count: 10, headers: OFFICE };
    expect(await ask(visitor, "/favicon.ico", icon)).toEqual({ 302: 10 });
  });

  test("are not limited on a loopback origin", async () => {
    const visitor = (await createFoyer()).visitor();
    const all = { count: 1500, headers: HTMX };
    expect(await ask(visitor, "/htmx/content.top", all)).toEqual({ 200: 1500 });
    expect(await ask(visitor, "/no", { count: 1500, headers: {} })).toEqual({ 404: 1500 });
  });
});

describe("a person who is signed in", () => {
  test("is not limited, whatever strangers do at the same address", async () => {
    const foyer = await createLimited();
    const ada = foyer.visitor();
    await signInFrom(ada, OFFICE);
    await exhaust(foyer, OFFICE);
    const headers = { ...OFFICE, ...HTMX };
    expect(await ask(ada, PATHS.navbar, { count: 100, headers })).toEqual({ 200: 100 });
    expect(await ask(ada, "/htmx/content.secret1", { count: 100, headers })).toEqual({ 200: 100 });
    expect(await ask(ada, PATHS.isAuthenticated, { count: 100, headers })).toEqual({ 200: 100 });
    expect(await ask(ada, "/spa", { count: 100, headers: OFFICE })).toEqual({ 200: 100 });
    const token = ada.sessionToken;
    foyer.clock.pass(400_000);
    await exhaust(foyer, OFFICE);
    expect(await ask(ada, PATHS.navbar, { count: 1, headers })).toEqual({ 200: 1 });
    expect(ada.sessionToken).not.toBe(token);
    const signOut = { count: 1, headers: OFFICE, method: "POST" };
    expect(await ask(ada, PATHS.logout, signOut)).toEqual({ 200: 1 });
    expect(await ask(ada, "/spa", { count: 1, headers: OFFICE })).toEqual({ 429: 1 });
  });

  test("is not who sends a cookie that only looks like a session's", async () => {
    const foyer = await createLimited();
    await exhaust(foyer, OFFICE);
    const stranger = foyer.visitor();
    stranger.cookies.set("__Host-Http-session_id", "a".repeat(43));
    expect(await ask(stranger, "/spa", { count: 1, headers: OFFICE })).toEqual({ 429: 1 });
  });

  test("exports ten times a minute", async () => {
    const foyer = await createLimited();
    const ada = foyer.visitor();
    await signInFrom(ada, OFFICE);
    const { accountExport } = PATHS;
    const headers = OFFICE;
    expect(await ask(ada, accountExport, { count: 12, headers })).toEqual({ 200: 10, 429: 2 });
    foyer.clock.pass(6000);
    expect(await ask(ada, accountExport, { count: 2, headers })).toEqual({ 200: 1, 429: 1 });
  });
});

describe("security events", () => {
  test("that are refused count for their address", async () => {
    const foyer = await createLimited();
    const post = async (headers: Record<string, string>) => {
      const type = { "content-type": "application/secevent+jwt", ...headers };
      return foyer.visitor().send(PATHS.risc, { method: "POST", headers: type, body: "a.b.c" });
    };
    for (let index = 0; index < 60; index += 1) expect((await post(OFFICE)).status).toBe(400);
    const response = await post(OFFICE);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBe(1);
    expect((await post(HOME)).status).toBe(400);
  });
});

describe("too many requests", () => {
  test("are a page for people, with words", async () => {
    const foyer = await createLimited();
    await exhaust(foyer, OFFICE);
    const headers = { ...OFFICE, "sec-fetch-mode": "navigate" };
    const response = await foyer.visitor().send("/spa/content.list", { headers });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(response.headers.get("x-answered-by")).toBe("application");
    const page = await parseResponse(response);
    expect(page.querySelector("h1")?.textContent).toBe("Too many attempts");
    expect(page.querySelector("main")?.textContent).toContain("Please wait 1 minute.");
    expect(page.querySelector("main a.button")?.getAttribute("href")).toBe("");
  });

  test("are a fragment for htmx", async () => {
    const foyer = await createLimited();
    await exhaust(foyer, OFFICE);
    const visitor = foyer.visitor();
    const content = await visitor.fragment("/htmx/content.top", { headers: OFFICE });
    expect(content.status).toBe(429);
    expect((await parseResponse(content)).querySelector("#content_section")).not.toBeNull();
    const navbar = await visitor.fragment(PATHS.navbar, { headers: OFFICE });
    expect(navbar.status).toBe(429);
    expect((await parseResponse(navbar)).querySelector("#auth_navbar")).not.toBeNull();
    expect(visitor.cookies.size).toBe(0);
  });

  test("are a problem document for everybody else, and cost no log line", async () => {
    const foyer = await createLimited();
    await exhaust(foyer, OFFICE);
    const before = foyer.logLines.length;
    const response = await foyer.visitor().send("/spa", { headers: OFFICE });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await codeOf(response)).toBe("too_many_requests");
    expect(foyer.logLines).toHaveLength(before);
  });

  test("and refusals of all kinds fill the log no faster than it allows", async () => {
    const foyer = await createLimited();
    await ask(foyer.visitor(), `/${"x/".repeat(150)}`, { count: 1000, headers: OFFICE });
    const bytes = foyer.logLines.join("\n").length;
    expect(bytes).toBeLessThan(262_144);
    expect(bytes).toBeGreaterThan(200_000);
    await ask(foyer.visitor(), "/no", { count: 1000, headers: HOME });
    expect(foyer.logLines.join("\n").length).toBeLessThan(262_144);
    await foyer.deps.refusals.flush();
    const last = JSON.parse(foyer.logLines.at(-1) ?? "");
    expect(last).toMatchObject({ event: "refusals_left_out" });
    expect(last.count).toBeGreaterThan(500);
  });
});
