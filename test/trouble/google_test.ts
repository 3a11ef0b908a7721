import { afterAll, describe, expect, test } from "bun:test";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { createSigningKey, createSigningKeys } from "../../src/google_stand_in/signing_keys.ts";
import { signToken } from "../../src/google_stand_in/tokens.ts";
import { PATHS } from "../../src/paths.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { answerWith, hold, outOfOrder, startKeyServer } from "../auth/key_server.ts";
import { ADA, type Clock, createClock, createFoyer, GRACE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

const HOUR_MS = 3_600_000;
const running: { stop(): unknown }[] = [];
afterAll(() => Promise.all(running.map((server) => server.stop())));

/** The application, whose Google is a server in the hands of a test. */
async function createScene({ clock = createClock() } = {}) {
  const signing = await createSigningKeys();
  const server = startKeyServer(signing);
  running.push(server);
  const lines: Record<string, unknown>[] = [];
  const log = createLog(
    createLineSink((line) => lines.push(JSON.parse(line) as Record<string, unknown>)),
  );
  const googleKeys = createGoogleKeys({ url: server.url, now: () => clock.now, log });
  const foyer = await createFoyer({ SIGN_IN_LIMIT: "0" }, { googleKeys, clock, log });

  /** Signs in with a token that Google signs at `now` with its newest key. */
  async function signIn(
    visitor: Visitor,
    { person = ADA, key = signing.newest(), now = clock.now } = {},
  ): Promise<Response> {
    const order = { person, clientId: foyer.deps.config.googleClientId, now };
    const nonce = await (visitor.sessionToken ? visitor.anonymousNonce() : visitor.nonce());
    const credential = await signToken({ ...order, nonce }, { key, origin: foyer.google.origin });
    return visitor.post(PATHS.login, { credential });
  }

  return { ...foyer, server, signing, googleKeys, lines, signIn };
}

describe("while Google is away", () => {
  const AWAY: [how: string, answer: () => Response | Promise<Response>][] = [
    ["with errors", outOfOrder],
    ["without an answer", hold(outOfOrder).answer],
    ["with another's page", () => new Response("<!doctype html>")],
  ];
  for (const [how, answer] of AWAY) {
    test(`${how}: a known key signs in, and live sessions do not notice`, async () => {
      const { visitor, clock, server, signIn } = await createScene();
      const [ada, grace] = [visitor(), visitor()];
      expect((await signIn(ada)).status).toBe(200);
      server.answer = answer;
      for (const hours of [0, 1, 6, 24, 100]) {
        clock.pass(hours * HOUR_MS);
        expect((await signIn(grace, { person: GRACE })).status).toBe(200);
        expect((await signIn(ada)).status).toBe(200);
        clock.pass(60_000);
        expect(await ada.status()).toBe(200);
        expect((await grace.fragment(PATHS.navbar)).status).toBe(200);
      }
    });
  }

  test("an unknown key is answered with 503 and Retry-After; sessions stay", async () => {
    const { visitor, server, signing, signIn } = await createScene();
    const [ada, grace] = [visitor(), visitor()];
    await signIn(ada);
    const { answer } = server;
    server.answer = outOfOrder;
    await signing.rotate();
    const refused = await signIn(grace, { person: GRACE });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(await codeOf(refused)).toBe("keys_unavailable");
    expect(await grace.status()).toBe(401);
    expect(await ada.status()).toBe(200);
    server.answer = answer;
  });
});

test("strangers with keys of their own cause one fetch, and nobody else waits for it", async () => {
  const { visitor, server, signIn } = await createScene();
  await signIn(visitor());
  const { release, answer } = hold(server.answer as () => Response);
  server.answer = answer;
  const stranger = await createSigningKey();
  const keys = Array.from({ length: 500 }, (_, i) => ({ ...stranger, kid: `stranger-${i}` }));
  const refused = keys.map((key) => signIn(visitor(), { key }));
  await server.wasAsked(2);
  expect((await signIn(visitor(), { person: GRACE })).status).toBe(200);
  release();
  for (const response of await Promise.all(refused)) {
    expect(response.status).toBe(401);
    expect(await codeOf(response)).toBe("invalid_credential");
  }
  expect(server.fetches).toBe(2);
});

/** A clock that is behind by so much, and runs: making keys takes its time. */
function runningClock(behindMs: number): Clock {
  return {
    get now() {
      return Date.now() - behindMs;
    },
    pass() {},
  };
}

describe("a clock that is wrong", () => {
  const WRONG: [what: string, behindMs: number, code: string, said: RegExp][] = [
    ["five minutes behind", 300_000, "not_yet_valid", /clock is (?:29|30)\d seconds behind Google/],
    [
      "two hours ahead",
      -7_200_000,
      "expired_credential",
      /clock is 7[12]\d\d seconds ahead of Google/,
    ],
  ];
  for (const [what, behindMs, code, said] of WRONG) {
    test(`${what} is named when keys are fetched, and when a sign-in is refused`, async () => {
      const clock = runningClock(behindMs);
      const { visitor, googleKeys, lines, signIn } = await createScene({ clock });
      await googleKeys.refreshIfDue();
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ level: "warn", event: "clock_wrong" });
      expect(lines[0]?.cause).toMatch(said);
      expect(Math.abs(Number(lines[0]?.seconds) - behindMs / 1000)).toBeLessThan(5);
      const refused = await signIn(visitor(), { now: Date.now() });
      expect(await codeOf(refused)).toBe(code);
      expect(lines.find(({ event }) => event === "refused")?.cause).toMatch(said);
    });
  }

  test("since the keys were fetched is named at the next refusal but one", async () => {
    const { visitor, clock, googleKeys, lines, signIn } = await createScene();
    await googleKeys.refreshIfDue();
    clock.pass(-300_000);
    await signIn(visitor(), { now: Date.now() });
    // The first refusal has asked Google for the time.
    while (!lines.some(({ event }) => event === "clock_wrong")) await new Promise(setImmediate);
    await signIn(visitor(), { now: Date.now() });
    const causes = lines.filter(({ event }) => event === "refused").map(({ cause }) => cause);
    expect(causes).toHaveLength(2);
    expect(causes[0]).not.toContain("clock");
    expect(causes[1]).toContain("behind Google's");
  });

  test("is not blamed for a token that is old by itself, or by a clock that goes right", async () => {
    for (const [behindMs, tokenAgeMs] of [
      [0, 2 * HOUR_MS],
      [300_000, 3 * HOUR_MS],
    ] as const) {
      const clock = runningClock(behindMs);
      const { visitor, lines, signIn } = await createScene({ clock });
      const refused = await signIn(visitor(), { now: Date.now() - tokenAgeMs });
      expect(await codeOf(refused)).toBe("expired_credential");
      expect(lines.find(({ event }) => event === "refused")?.cause).not.toContain("clock");
    }
  });

  test("is not what an answer from a cache shows", async () => {
    const { server, signing, googleKeys, lines } = await createScene();
    const date = new Date(Date.now() - 3 * HOUR_MS).toUTCString();
    server.answer = () => answerWith(signing.keySet(), { date, age: "10800" });
    await googleKeys.refreshIfDue();
    expect(lines).toEqual([]);
    expect(googleKeys.checkClock()).toBeGreaterThan(-3000);
  });

  test("a few seconds are no matter", async () => {
    const clock = runningClock(50_000);
    const { googleKeys, lines } = await createScene({ clock });
    await googleKeys.refreshIfDue();
    expect(lines).toEqual([]);
  });
});
