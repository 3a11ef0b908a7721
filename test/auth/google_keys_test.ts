import { afterAll, describe, expect, test } from "bun:test";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import type { RefusalCode, RefusedRequest } from "../../src/errors.ts";
import { createSigningKeys } from "../../src/google_stand_in/signing_keys.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { createClock } from "../fixture.ts";
import { answerWith, hold, outOfOrder, startKeyServer } from "./key_server.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const running: { stop(): unknown }[] = [];
afterAll(() => Promise.all(running.map((server) => server.stop())));

/** Keys at a server of their own, and the cache in front of it. */
async function createRemote() {
  const signing = await createSigningKeys();
  const server = startKeyServer(signing);
  running.push(server);
  const clock = createClock();
  const lines: Record<string, unknown>[] = [];
  const cache = createGoogleKeys({
    url: server.url,
    now: () => clock.now,
    log: createLog(
      createLineSink((line) => lines.push(JSON.parse(line) as Record<string, unknown>)),
    ),
  });
  const kid = () => signing.newest().kid;
  return {
    server,
    clock,
    cache,
    kid,
    rotate: signing.rotate,
    find: (id = kid()) => cache.find(id),
    /** The lines of the log about fetches. What the moved clock adds is another test's. */
    log: () => lines.filter(({ event }) => event !== "clock_wrong"),
  };
}

async function refusalOf(promise: Promise<unknown>): Promise<RefusedRequest> {
  return promise.then(
    () => {
      throw new Error("Not refused");
    },
    (error: RefusedRequest) => error,
  );
}

async function expectRefused(promise: Promise<unknown>, code: RefusalCode): Promise<void> {
  expect((await refusalOf(promise)).code).toBe(code);
}

describe("a known key", () => {
  test("is found with one fetch for many callers", async () => {
    const { server, find, clock } = await createRemote();
    await Promise.all(Array.from({ length: 20 }, () => find()));
    clock.pass(0.8 * HOUR_MS - SECOND_MS);
    await find();
    expect(server.fetches).toBe(1);
  });

  test("is fetched again in the background, before it is too old", async () => {
    const { server, find, clock, kid, cache, rotate } = await createRemote();
    await find();
    const { release, answer } = hold(server.answer as () => Response);
    server.answer = answer;
    const old = kid();
    await rotate();
    clock.pass(0.8 * HOUR_MS);
    // The server holds its answer: nobody waits for it.
    for (let i = 0; i < 20; i++) await find(old);
    await server.wasAsked(2);
    await find(old);
    const refreshed = cache.refreshIfDue();
    release();
    await refreshed;
    await find();
    expect(server.fetches).toBe(2);
  });

  test("is fetched again without any sign-in", async () => {
    const { server, clock, cache, find } = await createRemote();
    await cache.refreshIfDue();
    await cache.refreshIfDue();
    expect(server.fetches).toBe(1);
    clock.pass(0.8 * HOUR_MS);
    await cache.refreshIfDue();
    await find();
    expect(server.fetches).toBe(2);
  });

  test("stays valid for as long as Google is away; the log tells its age", async () => {
    const { server, clock, cache, find, log } = await createRemote();
    await find();
    const { answer } = server;
    server.answer = outOfOrder;
    for (const waitS of [5, 10, 20, 40, 60, 60]) {
      clock.pass(30 * HOUR_MS);
      await cache.refreshIfDue();
      await find();
      expect(log().at(-1)).toMatchObject({
        level: "warn",
        event: "google_keys_not_fetched",
        cause: "Error: The key set URL answered with 503",
        age_seconds: 30 * 3600 * log().length,
        retry_seconds: waitS,
      });
    }
    expect(server.fetches).toBe(7);
    server.answer = answer;
    clock.pass(60 * SECOND_MS);
    await cache.refreshIfDue();
    expect(log().at(-1)).toMatchObject({ level: "info", event: "google_keys_fetched", keys: 2 });
  });

  test("is no longer valid once Google has withdrawn it", async () => {
    const { clock, cache, find, kid, rotate } = await createRemote();
    const old = kid();
    await find();
    await rotate();
    await rotate();
    clock.pass(0.8 * HOUR_MS);
    await cache.refreshIfDue();
    await expectRefused(find(old), "invalid_credential");
  });

  test("waits for nothing after a clock that was set back", async () => {
    const { server, clock, cache, find } = await createRemote();
    await find();
    clock.pass(-2 * HOUR_MS);
    await cache.refreshIfDue();
    expect(server.fetches).toBe(2);
  });
});

describe("an unknown key", () => {
  test("that was rotated in is found, with one refetch", async () => {
    const { server, find, rotate } = await createRemote();
    await find();
    await rotate();
    await Promise.all(Array.from({ length: 20 }, () => find()));
    expect(server.fetches).toBe(2);
  });

  test("is refused: 10,000 of them cause one fetch a cool-down", async () => {
    const { server, find, clock } = await createRemote();
    const refuse = (i: number) => expectRefused(find(`stranger-${i}`), "invalid_credential");
    for (let i = 0; i < 10_000; i++) await refuse(i);
    expect(server.fetches).toBe(1);
    clock.pass(30 * SECOND_MS);
    await Promise.all(Array.from({ length: 10_000 }, (_, i) => refuse(i)));
    expect(server.fetches).toBe(2);
  });

  test("is answered with 503 while Google is away: 10,000 of them cause one fetch", async () => {
    const { server, find, clock, rotate } = await createRemote();
    await find();
    const { answer } = server;
    server.answer = outOfOrder;
    await rotate();
    const refusal = await refusalOf(find());
    expect(refusal.code).toBe("keys_unavailable");
    expect(refusal.headers).toEqual({ "Retry-After": "5" });
    for (let i = 0; i < 10_000; i++) await expectRefused(find(`s-${i}`), "keys_unavailable");
    clock.pass(4 * SECOND_MS);
    expect((await refusalOf(find())).headers).toEqual({ "Retry-After": "1" });
    expect(server.fetches).toBe(2);
    server.answer = answer;
    clock.pass(SECOND_MS);
    await find();
    expect(server.fetches).toBe(3);
  });

  test("is answered with 503 if no key was ever known, and found once Google is back", async () => {
    const { server, find, clock } = await createRemote();
    const { answer } = server;
    server.answer = outOfOrder;
    await expectRefused(find(), "keys_unavailable");
    await expectRefused(find(), "keys_unavailable");
    expect(server.fetches).toBe(1);
    server.answer = answer;
    clock.pass(5 * SECOND_MS);
    await find();
    expect(server.fetches).toBe(2);
  });
});

describe("Cache-Control", () => {
  const FRESH: [headers: Record<string, string>, seconds: number][] = [
    [{ "cache-control": "" }, 60],
    [{ "cache-control": "no-store" }, 60],
    [{ "cache-control": "max-age=x" }, 60],
    [{ "cache-control": "max-age=0" }, 60],
    [{ "cache-control": "private, MAX-AGE=5" }, 60],
    [{ "cache-control": "public, max-age=20000, must-revalidate, no-transform" }, 20_000],
    [{ "cache-control": "max-age=20000", age: "15000" }, 5000],
    [{ "cache-control": "max-age=20000", age: "30000" }, 60],
    [{ "cache-control": "max-age=999999999" }, 86_400],
  ];
  for (const [headers, seconds] of FRESH) {
    test(`${JSON.stringify(headers)}: fetched again after 80 % of ${seconds} s`, async () => {
      const { server, clock, cache } = await createRemote();
      const { keys } = (await (await server.answer()).json()) as { keys: object[] };
      server.answer = () => answerWith({ keys }, headers);
      await cache.refreshIfDue();
      clock.pass(0.8 * seconds * SECOND_MS - 1);
      await cache.refreshIfDue();
      expect(server.fetches).toBe(1);
      clock.pass(1);
      await cache.refreshIfDue();
      expect(server.fetches).toBe(2);
    });
  }
});
