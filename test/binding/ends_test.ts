import { describe, expect, test } from "bun:test";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { BOUND, type DbscBrowser } from "../dbsc_browser.ts";
import {
  ADA,
  auditAt,
  CLIENT_ID,
  createClock,
  type Foyer,
  GRACE,
  setDisabled,
} from "../fixture.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer } from "./scene.ts";

interface Scene {
  foyer: Foyer;
  browser: DbscBrowser;
  userId: string;
  /** The same database under another configuration. */
  restart(env: Record<string, string>): Promise<Foyer>;
}

async function createScene(env = {}): Promise<Scene> {
  const shared = { store: openSqlite(":memory:", MACHINE), clock: createClock() };
  const foyer = await createBindingFoyer(env, shared);
  const browser = await browserOf(foyer);
  await browser.signInBound(ADA);
  const [found] = await foyer.store.findPeopleByEmail(ADA.email);
  const restart = (other: object) => createBindingFoyer({ ...env, ...other }, shared);
  return { foyer, browser, userId: found?.id ?? "", restart };
}

/** The same browser at another server. */
async function moveTo(foyer: Foyer, browser: DbscBrowser): Promise<DbscBrowser> {
  const moved = await browserOf(foyer, browser.key);
  Object.assign(moved, { sessionId: browser.sessionId, challenge: browser.challenge });
  for (const [name, value] of browser.visitor.cookies) moved.visitor.cookies.set(name, value);
  return moved;
}

async function deliver({ foyer }: Scene, kind: "sessions-revoked" | "account-disabled") {
  const order = { kind, person: ADA, clientId: CLIENT_ID, now: foyer.clock.now };
  const body = await foyer.google.issueSecurityEvent(order);
  const headers = { "content-type": "application/secevent+jwt" };
  const answer = await foyer.visitor().send(PATHS.risc, { method: "POST", headers, body });
  expect(answer.status).toBe(202);
}

describe("a refresh is refused for good", () => {
  type Row = [what: string, end: (scene: Scene) => unknown, env?: object];
  const ROWS: Row[] = [
    [
      "once an admin has ended the sessions",
      ({ foyer: { store, clock }, userId }) =>
        store.endSessionsOf({ userId, exceptId: null }, { ...auditAt(clock.now), actorId: null }),
    ],
    [
      "once an admin has disabled the account",
      ({ foyer, userId }) => setDisabled(foyer, { userId, isDisabled: true }),
    ],
    [
      "once an admin has disabled the account for a moment",
      async ({ foyer, userId }) => {
        for (const isDisabled of [true, false]) await setDisabled(foyer, { userId, isDisabled });
      },
    ],
    [
      "once the account is deleted",
      ({ foyer: { store, clock, deps }, userId }) =>
        store.deletePerson({ userId, policy: peoplePolicy(deps.config) }, auditAt(clock.now)),
    ],
    ["once Google has revoked the sessions", (scene) => deliver(scene, "sessions-revoked")],
    ["once Google has disabled the account", (scene) => deliver(scene, "account-disabled")],
    ["after a sign-out", ({ browser }) => browser.visitor.clone().post(PATHS.logout)],
    [
      "after another sign-in of this browser",
      async ({ browser: { visitor } }) =>
        visitor.clone().signIn(GRACE, { nonce: await visitor.anonymousNonce() }),
    ],
    ["after its lifetime", ({ foyer }) => foyer.clock.pass(604_800_000)],
    ["after idling", ({ foyer }) => foyer.clock.pass(86_400_000)],
  ];
  for (const [what, end] of ROWS) {
    test(what, async () => {
      const scene = await createScene();
      const { browser } = scene;
      expect((await browser.refresh()).status).toBe(200);
      await end(scene);
      for (const proof of [undefined, null, "wrong"]) {
        const answer = await browser.refreshOnce(proof);
        expect(answer.status).toBe(401);
        expect(answer.headers.getSetCookie()).toEqual([]);
        expect(answer.headers.has("secure-session-challenge")).toBe(false);
      }
      expect((await browser.register()).status).toBe(400);
      expect([401, 403]).toContain(await browser.visitor.status());
    });
  }

  test("once the policy has changed", async () => {
    const { browser, restart } = await createScene();
    const strict = await restart({ ALLOWED_EMAILS: "@example.com" });
    const moved = await moveTo(strict, browser);
    expect((await moved.refreshOnce()).status).toBe(401);
    // Nothing has ended by that alone: the owner’s next request is told why.
    expect((await browser.refresh()).status).toBe(200);
    expect(await moved.visitor.status()).toBe(401);
    expect((await browser.refreshOnce()).status).toBe(401);
  });
});

test("refreshes do not keep an idle session alive, and activity does", async () => {
  const { foyer, browser } = await createScene({ SESSION_MAX_AGE: "3600" });
  const refreshFor = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      foyer.clock.pass(BOUND_AGE_MS);
      expect((await browser.refresh()).status).toBe(200);
    }
  };
  await refreshFor(5);
  expect((await browser.visitor.fragment("/htmx/content.secret1")).status).toBe(200);
  await refreshFor(5);
  foyer.clock.pass(BOUND_AGE_MS);
  expect((await browser.refreshOnce()).status).toBe(401);
  expect(await browser.visitor.status()).toBe(401);
});

test("a session that is bound stays so under SESSION_BINDING=off", async () => {
  const { foyer, browser, restart } = await createScene();
  const off = await restart({ SESSION_BINDING: "off" });
  const moved = await moveTo(off, browser);
  foyer.clock.pass(BOUND_AGE_MS);
  expect((await moved.refresh()).status).toBe(200);
  expect(await moved.visitor.status()).toBe(200);
  const thief = moved.visitor.clone();
  thief.cookies.delete(BOUND);
  expect(await thief.status()).toBe(401);
  // The next sign-in is as everywhere else.
  const next = await moved.visitor.signIn(ADA, { nonce: await moved.visitor.anonymousNonce() });
  expect(next.headers.has("secure-session-registration")).toBe(false);
  foyer.clock.pass(BOUND_AGE_MS * 2);
  expect(await moved.visitor.status()).toBe(200);
});
