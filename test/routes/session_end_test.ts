import { describe, expect, test } from "bun:test";

import type { SessionEnd } from "../../db/contract/session_end.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer, type Foyer, GRACE, setDisabled } from "../fixture.ts";
import type { Visit, Visitor } from "../visitor.ts";
import { act } from "./account_scene.ts";

const ROOM = "/htmx/content.secret1";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Ada on the device whose session ends, and on another one. */
interface Scene {
  foyer: Foyer;
  ada: Visitor;
  other: Visitor;
  userId: string;
}

async function createScene(env = {}): Promise<Scene> {
  const foyer = await createFoyer(env);
  const [ada, other] = [foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await other.signIn(ADA);
  const [person] = await foyer.store.findPeopleByEmail(ADA.email);
  return { foyer, ada, other, userId: person?.id ?? "" };
}

const asAdmin = ({ foyer }: Scene) => ({ ...auditAt(foyer.clock.now), actorId: "admin" });

async function sendSecurityEvent({ foyer }: Scene): Promise<void> {
  const at = foyer.clock.now;
  const act = {
    sub: ADA.sub,
    kind: "sessions_revoked",
    endsSessionsBefore: at + 1,
    disables: null,
  };
  await foyer.store.applySecurityEvent({ jti: "1", issuedAt: at, acts: [act] }, auditAt(at));
}

/** Each end of a session, and the sentence that its person reads. */
const ENDS: [what: string, end: SessionEnd, sentence: string, (scene: Scene) => unknown][] = [
  [
    "after ten minutes without activity",
    "idle",
    "You were not active for 10 minutes, so we signed you out to keep your account safe. Sign in to go back to Room.",
    ({ foyer }) => foyer.clock.pass(10 * MINUTE_MS),
  ],
  [
    "after ten minutes without activity, swept",
    "idle",
    "You were not active for 10 minutes",
    async ({ foyer }) => {
      foyer.clock.pass(10 * MINUTE_MS);
      await foyer.store.deleteExpired(foyer.clock.now);
    },
  ],
  [
    "after its lifetime",
    "too_old",
    "Your session was 7 days old. Please sign in again.",
    async ({ foyer, ada }) => {
      const end = foyer.clock.now + 7 * DAY_MS;
      while (foyer.clock.now < end - 9 * MINUTE_MS) {
        foyer.clock.pass(9 * MINUTE_MS);
        await ada.fragment(ROOM);
      }
      foyer.clock.now = end;
    },
  ],
  [
    "from another device",
    "elsewhere",
    "You signed out this device from another one.",
    async ({ ada, other }) => {
      const path = `${PATHS.accountSessions}/${await ada.shownSession()}`;
      expect((await act(other, path)).status).toBe(200);
    },
  ],
  [
    "with all other devices",
    "elsewhere",
    "You signed out this device from another one.",
    ({ other }) => act(other, `${PATHS.accountSessions}?except=this`),
  ],
  [
    "everywhere, from another device",
    "elsewhere",
    "You signed out this device from another one.",
    ({ other }) => act(other, PATHS.accountSessions),
  ],
  [
    "by an administrator",
    "admin",
    "An admin signed you out.",
    (scene) =>
      scene.foyer.store.endSessionsOf({ userId: scene.userId, exceptId: null }, asAdmin(scene)),
  ],
  [
    "by an administrator who disabled the account and enabled it again",
    "admin",
    "An admin signed you out.",
    async ({ foyer, userId }) => {
      await setDisabled(foyer, { userId, isDisabled: true });
      await setDisabled(foyer, { userId, isDisabled: false });
    },
  ],
  ["by Google", "google", "Google reported a problem with your account.", sendSecurityEvent],
  [
    "as the configuration admits the person no more",
    "policy",
    "Your account may no longer sign in here.",
    async (scene) => {
      const { store, clock } = scene.foyer;
      const stricter = await createFoyer({ ALLOWED_EMAILS: GRACE.email }, { store, clock });
      const ada = stricter.visitor();
      for (const [name, value] of scene.ada.cookies) ada.cookies.set(name, value);
      scene.ada = ada;
    },
  ],
  [
    "as an old copy of its token was used",
    "suspicion",
    "We signed you out because someone used an old copy of your session. If it was not you, check your Google account.",
    async ({ foyer, ada }) => {
      const old = ada.clone();
      foyer.clock.pass(5 * MINUTE_MS);
      await ada.fragment(ROOM);
      await ada.fragment(ROOM);
      foyer.clock.pass(MINUTE_MS);
      expect(await old.status()).toBe(401);
      // Who holds the old copy may be its owner.
      expect(await reasonOf(old)).toBe("suspicion");
    },
  ],
];

/** The reason in the problem document of a refused request. */
async function reasonOf(visitor: Visitor): Promise<string | undefined> {
  const response = await visitor.send(PATHS.isAuthenticated);
  expect(response.status).toBe(401);
  return (await response.json()).reason;
}

describe("a session that ended", () => {
  for (const [what, end, sentence, run] of ENDS) {
    test(`${what} tells its browser so, once`, async () => {
      const scene = await createScene();
      await run(scene);
      expect(await reasonOf(scene.ada)).toBe(end);
      const told = await scene.ada.fragment(ROOM);
      expect(told.status).toBe(401);
      expect(told.headers.getSetCookie().join()).not.toContain("session_id");
      const page = await parseResponse(told);
      expect(one(page, "title").textContent).toBe("You are signed out · Foyer");
      expect(one(page, "main#content_section h1").textContent).toBe("You are signed out");
      expect(one(page, "main section").textContent).toContain(sentence);
      expect(one(page, "google-slot a").getAttribute("href")).toContain("content.secret1");
      expect(page.body.innerHTML).not.toContain(ADA.email);
      const again = await parseResponse(await scene.ada.fragment(ROOM));
      expect(one(again, "h1").textContent).toBe("Sign in to open Room");
      expect(await reasonOf(scene.ada)).toBeUndefined();
    });
  }

  test("tells the page for browsers without script, too", async () => {
    const { foyer, ada } = await createScene();
    foyer.clock.pass(10 * MINUTE_MS);
    const told = await ada.send("/plain/content.secret1");
    expect(told.status).toBe(401);
    const page = await parseResponse(told);
    expect(one(page, "main h1").textContent).toBe("You are signed out");
    expect(one(page, "google-slot a").getAttribute("href")).toContain("plain");
    const again = await parseResponse(await ada.send("/plain/content.secret1"));
    expect(one(again, "main h1").textContent).toBe("Sign in to open Room");
  });

  test("tells a page for everybody, which has no reason to say it itself, once", async () => {
    const { foyer, ada } = await createScene();
    foyer.clock.pass(10 * MINUTE_MS);
    const askAt = (path: string, visit: Visit = {}) =>
      ada.fragment(PATHS.navbar, {
        ...visit,
        headers: { "hx-current-url": `http://localhost${path}`, ...visit.headers },
      });
    const readEnd = async (response: Response) =>
      one(await parseResponse(response), "#auth_navbar .account").getAttribute("data-ended");
    // Nobody reads the answer to HEAD, a page for members tells it itself, and others are no pages of ours.
    await askAt("/spa", { method: "HEAD" });
    expect(await readEnd(await askAt("/spa/content.secret1"))).toBeNull();
    for (const url of ["", "x", "data:,"]) {
      const headers = { "hx-current-url": url };
      expect(await readEnd(await ada.fragment(PATHS.navbar, { headers }))).toBeNull();
    }
    const told = await askAt("/spa?x=1#y", { headers: { "x-background": "1" } });
    expect(told.status).toBe(200);
    expect(told.headers.getSetCookie().join()).not.toContain("session_id");
    expect(await readEnd(told)).toBe(
      "You are signed out. You were not active for 10 minutes, so we signed you out to keep your account safe.",
    );
    expect(await readEnd(await askAt("/spa"))).toBeNull();
    expect(await reasonOf(ada)).toBeUndefined();
  });

  test("tells a page for everybody without script, once", async () => {
    const { foyer, ada } = await createScene();
    foyer.clock.pass(10 * MINUTE_MS);
    const read = async () => parseResponse(await ada.send("/plain/content.top"));
    expect(one(await read(), "main [role=status]").textContent).toContain("You were not active");
    expect((await read()).querySelector("main [role=status]")).toBeNull();
  });

  test("tells nobody else: no stranger, no other device, no new session", async () => {
    const { foyer, ada, other } = await createScene();
    await act(other, `${PATHS.accountSessions}?except=this`);
    expect(await reasonOf(foyer.visitor())).toBeUndefined();
    expect(await other.status()).toBe(200);
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    expect((await ada.fragment(ROOM)).status).toBe(200);
  });

  test("is forgotten after a day", async () => {
    const { foyer, ada, other } = await createScene();
    await act(other, `${PATHS.accountSessions}?except=this`);
    foyer.clock.pass(DAY_MS - 1);
    await foyer.store.deleteExpired(foyer.clock.now);
    expect(await reasonOf(ada)).toBe("elsewhere");
    foyer.clock.pass(1);
    expect(await reasonOf(ada)).toBeUndefined();
    await foyer.store.deleteExpired(foyer.clock.now);
    foyer.clock.pass(-1);
    expect(await reasonOf(ada)).toBeUndefined();
  });

  test("long ago, is swept without a trace", async () => {
    const { foyer, ada } = await createScene();
    foyer.clock.pass(DAY_MS + 10 * MINUTE_MS);
    await foyer.store.deleteExpired(foyer.clock.now);
    expect(await reasonOf(ada)).toBeUndefined();
  });

  test("is deleted with its person", async () => {
    const scene = await createScene();
    const { foyer, ada, other, userId } = scene;
    await act(other, `${PATHS.accountSessions}?except=this`);
    const policy = peoplePolicy(foyer.deps.config);
    expect(await foyer.store.deletePerson({ userId, policy }, asAdmin(scene))).toBe("done");
    expect(await reasonOf(ada)).toBeUndefined();
    expect(await reasonOf(other)).toBeUndefined();
  });

  test("by its own person has no reason to tell", async () => {
    const { ada, other } = await createScene();
    const before = ada.clone();
    await ada.post(PATHS.logout);
    expect(await reasonOf(before)).toBeUndefined();
    await act(other, PATHS.accountSessions);
    expect(await reasonOf(other)).toBeUndefined();
  });

  test("of another person is neither ended nor given a reason", async () => {
    const { foyer, ada } = await createScene();
    const grace = foyer.visitor();
    await grace.signIn(GRACE);
    await act(ada, `${PATHS.accountSessions}/${await grace.shownSession()}`);
    expect(await grace.status()).toBe(200);
    foyer.clock.pass(10 * MINUTE_MS);
    expect(await reasonOf(grace)).toBe("idle");
  });
});
