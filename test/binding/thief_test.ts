import { describe, expect, test } from "bun:test";

import type { AppOptions } from "../../src/app.ts";
import { BOUND_SLACK_MS } from "../../src/auth/session_policy.ts";
import { PATHS } from "../../src/paths.ts";
import { MOMENTS } from "../../src/session/heartbeats.ts";
import { BOUND, createDeviceKey, type DbscBrowser } from "../dbsc_browser.ts";
import { ADA, type Foyer, GRACE } from "../fixture.ts";
import { SETTINGS } from "../forward_auth/scene.ts";
import type { Visitor } from "../visitor.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer, GRACE_MS } from "./scene.ts";

const SESSION = "__Host-Http-session_id";
const OFFER = "secure-session-registration";

interface Theft {
  foyer: Foyer;
  owner: DbscBrowser;
  /** A bound browser of the thief's own account. */
  own: DbscBrowser;
  thief: Visitor;
}

/** Somebody who has copied the session cookie of a bound session, after its grace. */
async function steal(env = {}, overrides: Partial<AppOptions> = {}): Promise<Theft> {
  const foyer = await createBindingFoyer(env, overrides);
  const [owner, own] = [await browserOf(foyer), await browserOf(foyer)];
  await own.signInBound(GRACE);
  await owner.signInBound(ADA);
  foyer.clock.pass(GRACE_MS);
  const thief = foyer.visitor();
  thief.cookies.set(SESSION, owner.visitor.sessionToken);
  return { foyer, owner, own, thief };
}

/** What is sent to every route of Foyer’s, with the ids that are in their paths. */
async function everywhere({ foyer, owner }: Theft) {
  const [found] = await foyer.store.findPeopleByEmail(ADA.email);
  const headers = { "hx-request": "true", "x-signed-in-as": owner.sessionId ?? "" };
  return foyer.app.routes.map(({ method, path }) => ({
    path: path.replaceAll(/:\w+/g, found?.id ?? ""),
    visit: {
      method,
      headers,
      ...(["GET", "HEAD"].includes(method) ? {} : { body: new URLSearchParams({ name: "x" }) }),
    },
  }));
}

const eventsOf = ({ store }: Foyer) => store.listEvents({ limit: 1000 });

describe("a stolen session cookie of a bound session is nobody’s at every route", () => {
  /** What the thief sends in the place of the bound cookie. */
  const ROWS: [what: string, value: (theft: Theft) => string | undefined][] = [
    ["alone", () => undefined],
    ["with a bound cookie of the thief’s own", ({ own }) => own.visitor.cookies.get(BOUND)],
    ["with itself as the bound cookie", ({ owner }) => owner.visitor.sessionToken],
    ["with a bound cookie of no shape", () => "[1]"],
  ];
  for (const [what, value] of ROWS) {
    test(what, async () => {
      const theft = await steal({ ...SETTINGS, SESSION_MAX_AGE: "86400" });
      const { foyer, owner, thief } = theft;
      const routes = await everywhere(theft);
      expect(routes.length).toBeGreaterThan(35);
      // Beyond what is counted as activity.
      foyer.clock.pass(BOUND_AGE_MS - GRACE_MS - 1);
      const bound = value(theft);
      const id = owner.sessionId ?? "";
      const before = await foyer.store.findSessionById(id);
      const events = (await eventsOf(foyer)).length;
      for (const { path, visit } of routes) {
        const browser = thief.clone();
        if (bound) browser.cookies.set(BOUND, bound);
        const answer = await browser.send(path, visit);
        const where = `${visit.method} ${path}`;
        expect(`${where} ${answer.headers.get("x-answered-for")}`).toBe(`${where} null`);
        expect(answer.status, where).not.toBe(500);
        expect(answer.headers.has(OFFER), where).toBe(false);
        // Who signs out deletes cookies of their own, and no more.
        const set = answer.headers.getSetCookie().filter((line) => !/max-age=0/i.test(line));
        expect(set.join(), where).not.toMatch(/session|access/);
        const text = await answer.text();
        for (const own of [ADA.email, ADA.name, id]) expect(text, where).not.toContain(own);
      }
      expect(await foyer.store.findSessionById(id)).toEqual(before as NonNullable<typeof before>);
      const [event, ...more] = (await eventsOf(foyer)).slice(0, -events);
      expect([event?.kind, more]).toEqual(["binding_missing", []]);
      expect(await owner.visitor.status()).toBe(200);
    });
  }
});

test("both cookies are good for the bound cookie’s age and five seconds, and not for more", async () => {
  const { foyer, owner } = await steal();
  const thief = owner.visitor.clone();
  foyer.clock.pass(BOUND_AGE_MS - GRACE_MS + BOUND_SLACK_MS - 1);
  await owner.refresh();
  expect(await thief.status()).toBe(200);
  expect(thief.cookies.get(BOUND)).not.toBe(owner.visitor.cookies.get(BOUND));
  foyer.clock.pass(1);
  expect([await thief.status(), await owner.visitor.status()]).toEqual([401, 200]);
  // Neither use nor the owner’s next proofs make it good again.
  for (let count = 0; count < 3; count += 1) {
    foyer.clock.pass(BOUND_AGE_MS);
    await owner.refresh();
    expect([await thief.status(), await owner.visitor.status()]).toEqual([401, 200]);
  }
});

test("an event stream that both cookies have opened ends with them", async () => {
  const beats = new Set<() => void>();
  const every = (_ms: number, act: () => void) => {
    beats.add(act);
    return () => beats.delete(act);
  };
  const { foyer, owner } = await steal({}, { every });
  const open = async (visitor: Visitor) => {
    const reader = (await visitor.send(PATHS.events)).body?.getReader();
    await reader?.read();
    return reader;
  };
  const stolen = await open(owner.visitor.clone());
  foyer.clock.pass(BOUND_AGE_MS - GRACE_MS + BOUND_SLACK_MS);
  await owner.refresh();
  const own = await open(owner.visitor);
  const beatOnce = () => {
    for (let moment = 0; moment < MOMENTS; moment += 1) for (const beat of beats) beat();
  };
  beatOnce();
  expect((await stolen?.read())?.done).toBe(true);
  // A stream hears of every second one.
  beatOnce();
  expect((await own?.read())?.done).toBe(false);
  await own?.cancel();
});

describe("a thief of a bound session gets no bound cookie", () => {
  const ROWS: [what: string, ask: (theft: Theft, device: DbscBrowser) => Promise<Response>][] = [
    ["by asking", (_, device) => device.refreshOnce(null)],
    ["by a key of another", (_, device) => device.refresh()],
    [
      "by a key that the proof brings",
      async (_, device) =>
        device.refreshOnce(await device.prove({ header: { jwk: device.key.jwk } })),
    ],
    [
      "by a proof for a session of their own",
      async ({ own }, device) => device.refreshOnce(await own.prove()),
    ],
    [
      "by the name of a session of their own",
      ({ own }, device) => {
        device.sessionId = own.sessionId;
        return device.refreshOnce();
      },
    ],
    ["by another registration", (_, device) => device.register()],
    [
      "by the registration’s challenge",
      ({ owner }, device) => {
        device.challenge = owner.challenge;
        return device.register();
      },
    ],
    [
      "by a sign-in, whose challenge they take for the stolen session",
      async ({ foyer }, device) => {
        const other = await browserOf(foyer, device.key);
        await other.signIn(GRACE);
        device.challenge = other.challenge;
        return device.register();
      },
    ],
  ];
  for (const [what, ask] of ROWS) {
    test(what, async () => {
      const theft = await steal();
      const device = await browserOf(theft.foyer);
      device.visitor.cookies.set(SESSION, theft.owner.visitor.sessionToken);
      device.sessionId = theft.owner.sessionId;
      const answer = await ask(theft, device);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect([400, 401, 403]).toContain(answer.status);
      expect(await device.visitor.status()).toBe(401);
      expect(await theft.owner.visitor.status()).toBe(200);
      expect((await theft.owner.refresh()).status).toBe(200);
    });
  }
});

describe("a thief of a session that is not bound", () => {
  test("is given no challenge at any route", async () => {
    const foyer = await createBindingFoyer({ SESSION_MAX_AGE: "120" });
    const owner = await browserOf(foyer);
    await owner.signIn(ADA);
    owner.sessionId = await owner.visitor.shownSession();
    const theft = { foyer, owner, own: owner, thief: owner.visitor };
    foyer.clock.pass(61_000);
    let rotated = 0;
    for (const { path, visit } of await everywhere(theft)) {
      // Not what ends the session, which would end the test.
      if (visit.method !== "GET" && visit.method !== "POST") continue;
      if (path === PATHS.logout || path === PATHS.signOut) continue;
      const thief = owner.visitor.clone();
      const answer = await thief.send(path, visit);
      for (const name of [OFFER, "secure-session-challenge"]) {
        expect(`${path} ${answer.headers.get(name)}`).toBe(`${path} null`);
      }
      if (answer.headers.getSetCookie().join().includes(SESSION)) rotated += 1;
    }
    expect(rotated).toBe(1);
  });

  test("does not bind it by a challenge of their own, or by none", async () => {
    const foyer = await createBindingFoyer();
    const owner = await browserOf(foyer);
    await owner.signIn(ADA);
    const device = await browserOf(foyer, await createDeviceKey());
    await device.signIn(GRACE);
    const challenges = [device.challenge, "", "AAAAAAAAAAA.AAAA", null];
    device.visitor.cookies.set(SESSION, owner.visitor.sessionToken);
    for (const challenge of challenges) {
      device.challenge = challenge;
      expect((await device.register()).status).toBe(400);
    }
    device.sessionId = await owner.visitor.shownSession();
    for (const proof of [null, undefined]) {
      expect((await device.refreshOnce(proof)).status).toBe(401);
    }
    const { key } = (await foyer.store.findBinding(device.sessionId)) ?? {};
    expect(key).toBeNull();
    // The owner was offered it.
    expect((await owner.register()).status).toBe(200);
  });
});
