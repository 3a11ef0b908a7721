import { describe, expect, test } from "bun:test";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import type { RefusalCode, RefusedRequest } from "../../src/errors.ts";
import { createSigningKeys } from "../../src/google_stand_in/signing_keys.ts";
import { createClock } from "../fixture.ts";

const URL = "http://localhost/certs";

/** A key set at a server that a test can stop, and the cache in front of it. */
async function createRemote(cacheControl = "public, max-age=3600") {
  const keys = await createSigningKeys();
  const clock = createClock();
  const remote = {
    keys,
    clock,
    fetches: 0,
    answer: () => Response.json(keys.keySet(), { headers: { "cache-control": cacheControl } }),
    kid: () => keys.newest().kid,
  };
  const find = createGoogleKeys({
    url: URL,
    now: () => clock.now,
    fetch: async () => {
      remote.fetches += 1;
      return remote.answer();
    },
  });
  return Object.assign(remote, { find });
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

const down = () => new Response("Service Unavailable", { status: 503 });

describe("createGoogleKeys", () => {
  test("fetches once for many callers, and not again while the answer is fresh", async () => {
    const remote = await createRemote();
    await Promise.all(Array.from({ length: 20 }, () => remote.find(remote.kid())));
    remote.clock.pass(3_599_000);
    await remote.find(remote.kid());
    expect(remote.fetches).toBe(1);
    remote.clock.pass(1000);
    await remote.find(remote.kid());
    expect(remote.fetches).toBe(2);
  });

  test("finds a key that was rotated in, with one refetch", async () => {
    const remote = await createRemote();
    await remote.find(remote.kid());
    await remote.keys.rotate();
    await Promise.all(Array.from({ length: 20 }, () => remote.find(remote.kid())));
    expect(remote.fetches).toBe(2);
  });

  test("refuses unknown keys, and lets strangers cause one fetch a cool-down", async () => {
    const remote = await createRemote();
    for (let i = 0; i < 50; i++)
      await expectRefused(remote.find(`stranger-${i}`), "invalid_credential");
    expect(remote.fetches).toBe(2);
    remote.clock.pass(30_000);
    await expectRefused(remote.find("stranger"), "invalid_credential");
    expect(remote.fetches).toBe(3);
  });

  test("keeps the old keys while Google is unreachable", async () => {
    const remote = await createRemote();
    await remote.find(remote.kid());
    remote.answer = down;
    remote.clock.pass(30 * 3_600_000);
    await remote.find(remote.kid());
    expect(remote.fetches).toBe(2);
  });

  test("answers 503 for an unknown key while Google is unreachable, and recovers", async () => {
    const remote = await createRemote();
    await remote.find(remote.kid());
    const { answer } = remote;
    remote.answer = down;
    await remote.keys.rotate();
    const refusal = await refusalOf(remote.find(remote.kid()));
    expect(refusal.code).toBe("keys_unavailable");
    expect(refusal.headers).toEqual({ "Retry-After": "5" });
    remote.answer = answer;
    remote.clock.pass(31_000);
    await remote.find(remote.kid());
  });

  test("answers 503 when it never had keys, asks again after five seconds, and not before", async () => {
    const remote = await createRemote();
    const { answer } = remote;
    remote.answer = down;
    await expectRefused(remote.find(remote.kid()), "keys_unavailable");
    await expectRefused(remote.find(remote.kid()), "keys_unavailable");
    expect(remote.fetches).toBe(1);
    remote.answer = answer;
    remote.clock.pass(5000);
    await remote.find(remote.kid());
    expect(remote.fetches).toBe(2);
  });

  const BAD_ANSWERS: [what: string, answer: () => Response][] = [
    ["an error", () => new Response("", { status: 500 })],
    ["HTML", () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } })],
    ["no JSON", () => new Response("{")],
    ["null", () => Response.json(null)],
    ["no keys", () => Response.json({})],
    ["an empty list", () => Response.json({ keys: [] })],
    ["keys that are no objects", () => Response.json({ keys: [1] })],
    ["nothing with status 204", () => new Response(null, { status: 204 })],
  ];
  for (const [what, answer] of BAD_ANSWERS) {
    test(`takes ${what} for an outage`, async () => {
      const remote = await createRemote();
      remote.answer = answer;
      await expectRefused(remote.find(remote.kid()), "keys_unavailable");
    });
  }

  test("uses no key that is not for RS256 signatures", async () => {
    const remote = await createRemote();
    const [jwk] = remote.keys.keySet().keys;
    remote.answer = () =>
      Response.json({
        keys: [
          { ...jwk, use: "enc" },
          { ...jwk, alg: "RS512" },
        ],
      });
    await expectRefused(remote.find(remote.kid()), "invalid_credential");
  });

  for (const cacheControl of ["", "no-store", "max-age=x", "max-age=0", "private, MAX-AGE=5"]) {
    test(`keeps an answer for a minute at least: "${cacheControl}"`, async () => {
      const remote = await createRemote(cacheControl);
      await remote.find(remote.kid());
      remote.clock.pass(59_000);
      await remote.find(remote.kid());
      expect(remote.fetches).toBe(1);
    });
  }

  test("keeps no answer for longer than a day", async () => {
    const remote = await createRemote("max-age=999999999");
    await remote.find(remote.kid());
    remote.clock.pass(86_400_000);
    await remote.find(remote.kid());
    expect(remote.fetches).toBe(2);
  });
});
