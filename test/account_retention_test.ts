import { expect, test } from "bun:test";

import { openSqlite } from "../db/sqlite/open_sqlite.ts";
import { startAccountRetention } from "../src/account_retention.ts";
import { peoplePolicy } from "../src/auth/admission.ts";
import { type Environment, readConfig } from "../src/config.ts";
import type { Log } from "../src/log.ts";
import { MACHINE } from "../src/machine.ts";
import { auditAt, createClock } from "./fixture.ts";

const DAY_MS = 86_400_000;
const T = Date.UTC(2026, 10, 26);

/** A store with the retention of accounts beside it, 400 days after the first sign-ins. */
function start(env: Environment = {}) {
  const clock = createClock(T + 400 * DAY_MS);
  const now = () => clock.now;
  const store = openSqlite(":memory:", MACHINE);
  const lines: Record<string, unknown>[] = [];
  const log: Log = (level, event, fields) => void lines.push({ level, event, ...fields });
  const config = readConfig({
    GOOGLE_OAUTH2_CLIENT_ID: "x",
    ACCOUNT_RETENTION_DAYS: "365",
    ADMIN_EMAILS: "boss@gmail.com",
    ...env,
  });
  const policy = peoplePolicy(config);
  /** How far Google's clock is ahead of this one. */
  const google = { behindMs: 0 as number | null, asked: 0 };
  const acts = new Set<() => void>();
  const stop = startAccountRetention({
    ...{ config, store, log, now },
    every(_, act) {
      acts.add(act);
      return () => void acts.delete(act);
    },
    async measureClock() {
      google.asked += 1;
      return google.behindMs;
    },
  });

  return {
    ...{ store, clock, lines, google, policy, stop },
    /** Lets the time of the next pass come, and waits for its end. */
    async pass() {
      for (const act of acts) act();
      // What is asked for in one turn is written in the next.
      for (let turns = 0; turns < 2; turns += 1) await new Promise(setImmediate);
    },
    /** Signs somebody in, with a session of ten minutes unless it is longer. */
    async signIn(name: string, { at = T, sessionMs = 600_000 } = {}) {
      const outcome = await store.signIn(
        {
          identity: {
            sub: name,
            email: `${name}@gmail.com`,
            name,
            picture: null,
            hostedDomain: null,
          },
          method: "btn",
          tokenHash: crypto.randomUUID(),
          accessHash: null,
          bindingSecret: null,
          authenticatedAt: null,
          amr: null,
          previousTokenHash: null,
          tokenIssuedAt: at,
          nonceHash: crypto.randomUUID(),
          nonceKeptUntil: at + DAY_MS,
          expiresAt: at + sessionMs,
          idleEndsAt: at + sessionMs,
          invitation: "not_needed",
        },
        auditAt(at),
      );
      if (!outcome.signedIn) throw new Error(outcome.code);
      return outcome.user.id;
    },
    async names() {
      const { people } = await store.listPeople({
        ...{ search: "", filter: "all", order: "name", isReversed: false, skip: 0, limit: 100 },
        configuredAdmins: policy.configuredAdmins,
      });
      return people.map(({ name }) => name);
    },
  };
}

test("an account that nobody has signed in to for so long is deleted, with its event", async () => {
  const { store, signIn, pass, names, lines, clock } = start();
  const ada = await signIn("ada");
  await signIn("grace", { at: clock.now - 365 * DAY_MS });
  await pass();
  expect(await names()).toEqual(["grace"]);
  const [deleted, graceCame, adaCame] = await store.listEvents({ limit: 10 });
  expect(deleted).toMatchObject({
    kind: "deleted",
    at: clock.now,
    actorId: null,
    subjectId: ada,
    details: { method: "not_used" },
  });
  expect(Object.keys(deleted?.details ?? {})).toEqual(["method"]);
  expect(graceCame?.details?.name).toBe("grace");
  expect(adaCame).toMatchObject({ subjectId: ada, details: null });
  expect((await store.verifyAudit(0)).isWhole).toBe(true);
  expect(lines.map(({ event, user, why }) => ({ event, user, why }))).toEqual([
    { event: "account_deleted", user: ada, why: "not_used" },
  ]);
  clock.pass(1);
  await pass();
  expect(await names()).toEqual([]);
});

test("admins, disabled accounts and those with a session are kept", async () => {
  const { store, signIn, pass, names, policy, clock } = start();
  const admin = await signIn("admin");
  await store.addAdmin({ userId: admin, policy }, auditAt(T));
  await signIn("boss");
  const disabled = await signIn("disabled");
  await store.disable({ userId: disabled, policy }, auditAt(T));
  await signIn("googled");
  const act = { sub: "googled", kind: "account_disabled", endsSessionsBefore: T } as const;
  const disables = { reason: "hijacking" };
  await store.applySecurityEvent(
    { jti: "1", issuedAt: T, acts: [{ ...act, disables }] },
    auditAt(T),
  );
  await signIn("present", { sessionMs: 401 * DAY_MS });
  await signIn("unused");
  for (let i = 0; i < 5; i++) await pass();
  expect(await names()).toEqual(["admin", "boss", "disabled", "googled", "present"]);

  // The reason to keep them is over.
  clock.pass(DAY_MS);
  await store.enable({ userId: disabled, policy }, auditAt(clock.now));
  await pass();
  expect(await names()).toEqual(["admin", "boss", "googled"]);
});

test("many accounts are deleted a few at a time, and no kept one stands in the way", async () => {
  const { store, signIn, pass, clock } = start();
  // More than are looked at in one pass.
  for (let i = 0; i < 210; i++) await signIn(`present${i}`, { at: T + i, sessionMs: 500 * DAY_MS });
  for (let i = 0; i < 20; i++) await signIn(`unused${i}`, { at: T + 1000 + i });
  const left: number[] = [];
  const passes = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await pass();
      left.push((await store.readCounters({ now: 0, sinceDay: "" })).people);
    }
  };
  await passes(8);
  expect(left).toEqual([230, 230, 226, 222, 218, 214, 210, 210]);
  clock.pass(500 * DAY_MS);
  await passes(53);
  expect(left.at(-1)).toBe(0);
});

test("nothing is deleted unless Google says that the clock is right", async () => {
  const { signIn, pass, names, google, lines, clock } = start();
  await signIn("ada");
  google.behindMs = null;
  await pass();
  clock.pass(30_000);
  await pass();
  expect(google.asked).toBe(1);
  google.behindMs = -400 * DAY_MS;
  clock.pass(30_000);
  await pass();
  expect(await names()).toEqual(["ada"]);
  expect(lines).toMatchObject([
    { level: "warn", event: "unused_accounts_kept", cause: "Google did not tell the time" },
    { level: "warn", event: "unused_accounts_kept", cause: expect.stringContaining("ahead of") },
  ]);
});

test("a clock that is set in between is measured again", async () => {
  const { signIn, pass, names, google, clock } = start();
  await signIn("ada");
  await signIn("grace", { at: clock.now });
  await pass();
  expect(await names()).toEqual(["grace"]);
  clock.pass(36_500 * DAY_MS);
  google.behindMs = -36_500 * DAY_MS;
  await pass();
  expect(await names()).toEqual(["grace"]);
});

test("an account outlasts every session", () => {
  const read = (env: Environment) => readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "x", ...env });
  expect(read({ ACCOUNT_RETENTION_DAYS: "8" }).accountRetentionMs).toBe(8 * DAY_MS);
  for (const env of [
    { ACCOUNT_RETENTION_DAYS: "7" },
    { ACCOUNT_RETENTION_DAYS: "30", SESSION_LIFETIME: "2592000" },
  ]) {
    expect(() => read(env)).toThrow("ACCOUNT_RETENTION_DAYS must be longer than SESSION_LIFETIME");
  }
});

test("without the setting, and after the end, nothing happens", async () => {
  const off = start({ ACCOUNT_RETENTION_DAYS: "" });
  await off.signIn("ada");
  await off.pass();
  expect(await off.names()).toEqual(["ada"]);
  const ended = start();
  await ended.signIn("ada");
  ended.stop();
  await ended.pass();
  expect(await ended.names()).toEqual(["ada"]);
});
