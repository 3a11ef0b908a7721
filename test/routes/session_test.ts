import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, type Foyer } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

const MINUTE_MS = 60_000;
const HALF_MS = 5 * MINUTE_MS;

async function signedIn(): Promise<{ foyer: Foyer; visitor: Visitor }> {
  const foyer = await createFoyer();
  const visitor = foyer.visitor();
  await visitor.signIn(ADA);
  return { foyer, visitor };
}

/** A normal request for a members' page. */
const look = (visitor: Visitor, visit = {}) => visitor.fragment("/htmx/content.secret1", visit);

describe("a session", () => {
  test("ends after ten minutes without activity, to the millisecond", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(10 * MINUTE_MS - 1);
    expect(await visitor.clone().status()).toBe(200);
    foyer.clock.pass(1);
    expect(await visitor.status()).toBe(401);
    foyer.clock.pass(-5 * MINUTE_MS);
    expect(await visitor.status()).toBe(401);
  });

  test("stays alive with activity, but expires after its lifetime", async () => {
    const { foyer, visitor } = await signedIn();
    const end = foyer.clock.now + 604_800_000;
    while (foyer.clock.now + 4 * MINUTE_MS < end) {
      foyer.clock.pass(4 * MINUTE_MS);
      expect((await look(visitor)).status).toBe(200);
    }
    foyer.clock.now = end - 1;
    expect(await visitor.status()).toBe(200);
    foyer.clock.now = end;
    expect(await visitor.status()).toBe(401);
  });

  test("is not kept alive by status checks, background reloads and event streams", async () => {
    const { foyer, visitor } = await signedIn();
    for (let minute = 1; minute < 10; minute++) {
      foyer.clock.pass(MINUTE_MS);
      expect(await visitor.status()).toBe(200);
      const reload = await visitor.fragment(PATHS.navbar, { headers: { "x-background": "1" } });
      expect(reload.status).toBe(200);
      await (await visitor.send(PATHS.events)).body?.cancel();
    }
    foyer.clock.pass(MINUTE_MS);
    expect(await visitor.status()).toBe(401);
  });

  test("is one of as many as a person likes: a thirtieth device ends none", async () => {
    const { foyer, visitor } = await signedIn();
    const devices = [visitor];
    while (devices.length < 30) {
      const device = foyer.visitor();
      expect((await device.signIn(ADA)).status).toBe(200);
      devices.push(device);
    }
    expect(new Set(devices.map((device) => device.sessionToken)).size).toBe(30);
    for (const device of devices) expect(await device.status()).toBe(200);
    const account = await (await visitor.fragment("/htmx/account")).text();
    expect(account.match(/hx-delete="\/account\/sessions\/[\w-]+"/g)).toHaveLength(30);
  });

  test("leaves a dead cookie alone", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(11 * MINUTE_MS);
    for (const path of [PATHS.navbar, "/htmx/content.secret1", "/htmx/content.top"]) {
      const response = await visitor.fragment(path);
      expect(response.headers.getSetCookie().join()).not.toContain("session_id");
    }
  });
});

describe("a page whose session has ended", () => {
  test("is told to reload after a click, but not after a reload", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(11 * MINUTE_MS);
    const click = await look(visitor);
    expect(click.status).toBe(401);
    expect(click.headers.get("hx-trigger")).toBe("LoginStatusChange");
    const reload = await look(visitor, { headers: { "x-background": "1" } });
    expect(reload.headers.get("hx-trigger")).toBeNull();
    const stranger = await look(foyer.visitor());
    expect(stranger.headers.get("hx-trigger")).toBeNull();
  });
});

describe("token rotation", () => {
  test("gives 20 simultaneous requests one new cookie, and refuses none", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(HALF_MS);
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => visitor.fragment(PATHS.navbar)),
    );
    expect(responses.map((response) => response.status)).toEqual(Array(20).fill(200));
    const renewed = responses.flatMap((response) => response.headers.getSetCookie());
    expect(renewed).toHaveLength(1);
    expect(renewed[0]).toMatch(
      /^session_id=[\w-]{43}; Max-Age=604500; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("happens at most once in half of the idle time", async () => {
    const { foyer, visitor } = await signedIn();
    const values = new Set<string>();
    for (let second = 0; second < 1800; second += 10) {
      foyer.clock.pass(10_000);
      await look(visitor);
      values.add(visitor.sessionToken);
    }
    // Offered at 300 s, presented at 310 s, and so on: five rotations in half an hour.
    expect(values.size).toBe(6);
  });

  test("survives a lost response: a minute later the old token is still valid", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(HALF_MS);
    await look(visitor, { isAnswerLost: true });
    foyer.clock.pass(MINUTE_MS);
    const before = visitor.sessionToken;
    expect((await look(visitor)).status).toBe(200);
    expect(visitor.sessionToken).not.toBe(before);
    expect((await look(visitor)).status).toBe(200);
  });

  test("counts the first of two offered tokens that is presented, and the other for 30 s", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(HALF_MS);
    const first = visitor.clone();
    await look(first);
    foyer.clock.pass(31_000);
    await look(visitor);
    expect(visitor.sessionToken).not.toBe(first.sessionToken);
    expect(await visitor.status()).toBe(200);
    foyer.clock.pass(30_000);
    expect(await first.status()).toBe(200);
    foyer.clock.pass(1);
    expect(await first.status()).toBe(401);
    expect(await visitor.status()).toBe(401);
  });

  test("accepts the old token for exactly 30 s after the new one was presented", async () => {
    const { foyer, visitor } = await signedIn();
    const old = visitor.clone();
    foyer.clock.pass(HALF_MS);
    await look(visitor);
    await look(visitor);
    foyer.clock.pass(30_000);
    expect(await old.status()).toBe(200);
    foyer.clock.pass(1000);
    expect(await old.status()).toBe(401);
    expect(await visitor.status()).toBe(401);
    expect(foyer.logLines.join("\n")).toContain('"why":"suspicion"');
  });

  test("detects two holders of one token", async () => {
    const { foyer, visitor } = await signedIn();
    const thief = visitor.clone();
    foyer.clock.pass(HALF_MS);
    await look(thief);
    await look(thief);
    foyer.clock.pass(MINUTE_MS);
    expect((await look(visitor)).status).toBe(401);
    expect((await look(thief)).status).toBe(401);
  });

  test("detects a thief who never presents an offered token, once the owner presents theirs", async () => {
    const { foyer, visitor } = await signedIn();
    const thief = visitor.clone();
    foyer.clock.pass(HALF_MS);
    await look(visitor);
    for (let minute = 0; minute < 5; minute++) {
      foyer.clock.pass(MINUTE_MS);
      expect((await look(thief, { isAnswerLost: true })).status).toBe(200);
    }
    expect((await look(visitor)).status).toBe(200);
    foyer.clock.pass(31_000);
    expect((await look(thief, { isAnswerLost: true })).status).toBe(401);
    expect(foyer.logLines.join("\n")).toContain('"why":"suspicion"');
  });

  test("does not happen with a background request", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(HALF_MS);
    const reload = await visitor.fragment(PATHS.navbar, { headers: { "x-background": "1" } });
    expect(reload.headers.getSetCookie()).toEqual([]);
  });

  test("also happens with a refused request", async () => {
    const { foyer, visitor } = await signedIn();
    foyer.clock.pass(HALF_MS);
    const response = await visitor.fragment("/htmx/content.unknown");
    expect(response.status).toBe(404);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(await visitor.status()).toBe(200);
  });
});
