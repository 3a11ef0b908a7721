import { describe, expect, test } from "bun:test";

import { RefusedRequest } from "../../src/errors.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, MALLORY } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { createLimited, from, postBad, postBadOnes, signInFrom } from "./limits_scene.ts";

const OFFICE = from("203.0.113.7");

describe("SIGN_IN_LIMIT", () => {
  test("does not count 300 people who sign in within a minute from one address", async () => {
    const foyer = await createLimited();
    for (let index = 0; index < 300; index += 1) {
      const person = { ...ADA, sub: `${index}`, email: `${index}@gmail.com` };
      expect((await signInFrom(foyer.visitor(), OFFICE, person)).status).toBe(200);
      foyer.clock.pass(200);
    }
  });

  test("lets a good sign-in pass after 60 refused ones, and after 200", async () => {
    const foyer = await createLimited();
    expect(await postBadOnes(foyer, 60, () => OFFICE)).toEqual({ 401: 60 });
    expect((await signInFrom(foyer.visitor(), OFFICE)).status).toBe(200);
    expect(await postBadOnes(foyer, 140, () => OFFICE)).toEqual({ 429: 140 });
    expect((await signInFrom(foyer.visitor(), OFFICE)).status).toBe(200);
  });

  test("answers the 61st refused attempt with 429, without a log line", async () => {
    const foyer = await createLimited();
    await postBadOnes(foyer, 60, () => OFFICE);
    const lines = foyer.logLines.length;
    expect(lines).toBe(60);
    const response = await postBad(foyer.visitor(), OFFICE);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await codeOf(response)).toBe("too_many_requests");
    expect(foyer.logLines).toHaveLength(lines);
  });

  test("allows another refused attempt each second, and 60 after a minute", async () => {
    const foyer = await createLimited();
    await postBadOnes(foyer, 61, () => OFFICE);
    foyer.clock.pass(1000);
    expect(await postBadOnes(foyer, 2, () => OFFICE)).toEqual({ 401: 1, 429: 1 });
    foyer.clock.pass(60_000);
    expect(await postBadOnes(foyer, 61, () => OFFICE)).toEqual({ 401: 60, 429: 1 });
  });

  test("writes nothing about attempts beyond it", async () => {
    const foyer = await createLimited({ SIGN_IN_LIMIT: "3" });
    const counted: string[] = [];
    const { recordRefusal, countRefusals } = foyer.store;
    foyer.store.recordRefusal = (refusal, audit) => {
      counted.push(refusal.code);
      return recordRefusal(refusal, audit);
    };
    const daily: [code: string, count: number][] = [];
    foyer.store.countRefusals = (found) => {
      daily.push(...found.counts);
      return countRefusals(found);
    };
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      statuses.push((await signInFrom(foyer.visitor(), OFFICE, MALLORY)).status);
    }
    expect(statuses).toEqual([403, 403, 403, 429, 429, 429]);
    expect(counted).toEqual(Array(3).fill("email_unverified"));
    await foyer.deps.refusals.flush();
    expect(daily).toEqual([["email_unverified", 3]]);
    const last = foyer.logLines.slice(-1).map((line) => JSON.parse(line));
    expect(last).toMatchObject([{ event: "limited", address: "203.0.113.7", count: 3 }]);
    expect(foyer.logLines.filter((line) => line.includes('"refused"'))).toHaveLength(3);
  });

  test("counts whatever is refused, at both addresses", async () => {
    const foyer = await createLimited({ SIGN_IN_LIMIT: "5" });
    const visitor = foyer.visitor();
    const post = async (path: string, fields: Record<string, string> | string) => {
      const body = typeof fields === "string" ? fields : new URLSearchParams(fields);
      return (await visitor.send(path, { method: "POST", headers: OFFICE, body })).status;
    };
    expect(await post(PATHS.login, {})).toBe(400);
    expect(await post(PATHS.login, "credential=a")).toBe(415);
    expect(await post(PATHS.callback, { credential: "a", g_csrf_token: "b" })).toBe(400);
    expect(await post(PATHS.callback, { error: "x", state: "y" })).toBe(400);
    expect((await signInFrom(visitor, OFFICE, MALLORY)).status).toBe(403);
    expect(await post(PATHS.login, {})).toBe(429);
    expect(await post(PATHS.login, "credential=a")).toBe(429);
    expect(await post(PATHS.callback, { credential: "a", g_csrf_token: "b" })).toBe(429);
    expect(await post(PATHS.callback, { error: "x", state: "y" })).toBe(429);
  });

  test("does not count what fails on our side", async () => {
    const foyer = await createLimited({ SIGN_IN_LIMIT: "1" });
    const visitor = foyer.visitor();
    const { signIn } = foyer.store;
    foyer.store.signIn = () => Promise.reject(new Error("full"));
    for (let index = 0; index < 3; index += 1) {
      expect((await signInFrom(visitor, OFFICE)).status).toBe(500);
    }
    foyer.store.signIn = signIn;
    const { googleKeys } = foyer.deps;
    const { find } = googleKeys;
    googleKeys.find = () => Promise.reject(new RefusedRequest("keys_unavailable"));
    for (let index = 0; index < 3; index += 1) {
      expect((await signInFrom(visitor, OFFICE)).status).toBe(503);
    }
    googleKeys.find = find;
    expect(await postBadOnes(foyer, 2, () => OFFICE)).toEqual({ 401: 1, 429: 1 });
  });

  test("is no limit when it is 0", async () => {
    const foyer = await createLimited({ SIGN_IN_LIMIT: "0" });
    expect(await postBadOnes(foyer, 200, () => OFFICE)).toEqual({ 401: 200 });
  });

  test("holds on a loopback origin, too", async () => {
    const foyer = await createFoyer({ SIGN_IN_LIMIT: "60" });
    expect(await postBadOnes(foyer, 62, () => ({}))).toEqual({ 401: 60, 429: 2 });
  });
});

describe("the address that refused attempts count for", () => {
  const rows: [
    what: string,
    headersOf: (index: number) => Record<string, string>,
    refused: number,
  ][] = [
    ["one client", () => OFFICE, 60],
    ["one client who lies", (index) => from(`192.0.2.${index}, 203.0.113.7`), 60],
    ["one client who lies to us", (index) => from(`192.0.2.${index}`, "203.0.113.7"), 60],
    ["one client who names this machine", () => from("127.0.0.1, ::1, 203.0.113.7"), 60],
    ["one client of two proxies", () => from("203.0.113.7, 127.0.0.1"), 60],
    ["one client with an IPv6 network", (index) => from(`2001:db8:1:2::${index}`), 60],
    ["two clients", (index) => from(`203.0.113.${index % 2}`), 120],
    ["two IPv6 networks", (index) => from(`2001:db8:1:${index % 2}::${index}`), 120],
    ["clients whom the proxy does not name", () => from(""), 150],
  ];
  for (const [what, headersOf, refused] of rows) {
    test(`${what}: ${refused} of 150 are answered`, async () => {
      const statuses = await postBadOnes(await createLimited(), 150, headersOf);
      expect(statuses[401]).toBe(refused);
      expect(statuses[429] ?? 0).toBe(150 - refused);
    });
  }

  test("is not another client's behind the same proxy", async () => {
    const foyer = await createLimited();
    await postBadOnes(foyer, 100, () => from("203.0.113.7"));
    expect(await postBadOnes(foyer, 61, () => from("203.0.113.8"))).toEqual({ 401: 60, 429: 1 });
  });

  test("is believed only from TRUSTED_PROXIES", async () => {
    const foyer = await createLimited({ TRUSTED_PROXIES: "10.0.0.0/8" });
    const headersOf = (index: number) => from(`203.0.113.${index}`, "10.0.0.1");
    expect(await postBadOnes(foyer, 100, headersOf)).toEqual({ 401: 100 });
    const liesOf = (index: number) => from(`203.0.113.${index}`, "192.0.2.1");
    expect(await postBadOnes(foyer, 100, liesOf)).toEqual({ 401: 60, 429: 40 });
  });
});

describe("the signatures that are checked a second", () => {
  test("are 500 in all, however many addresses there are", async () => {
    const foyer = await createLimited();
    const headersOf = (index: number) => from(`2001:db8:${index.toString(16)}::1`);
    expect(await postBadOnes(foyer, 1100, headersOf)).toEqual({ 401: 1000, 429: 100 });
    foyer.clock.pass(1000);
    expect(await postBadOnes(foyer, 600, headersOf)).toEqual({ 401: 500, 429: 100 });
    expect((await signInFrom(foyer.visitor(), OFFICE)).status).toBe(429);
    foyer.clock.pass(1000);
    expect((await signInFrom(foyer.visitor(), OFFICE)).status).toBe(200);
  });

  test("are 100 for those beyond their limit, so that they leave the others some", async () => {
    const foyer = await createLimited();
    await postBadOnes(foyer, 1000, () => OFFICE);
    const here = await signInFrom(foyer.visitor(), OFFICE);
    expect(here.status).toBe(429);
    expect(await codeOf(here)).toBe("too_many_requests");
    expect((await signInFrom(foyer.visitor(), from("198.51.100.1"))).status).toBe(200);
    foyer.clock.pass(1000);
    expect((await signInFrom(foyer.visitor(), OFFICE)).status).toBe(200);
  });
});
