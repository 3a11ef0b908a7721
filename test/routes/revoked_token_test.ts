import { describe, expect, test } from "bun:test";

import type { EventName } from "../../src/google_stand_in/security_event_tokens.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, person } from "./admin_scene.ts";

const MINUTE_MS = 60_000;

/** A thief keeps a token of Ada's, with a nonce of their own browser, for later. Grace is an administrator. */
async function createScene() {
  const foyer = await createFoyer({ ADMIN_EMAILS: GRACE.email });
  const { clock, google, app, deps, store } = foyer;
  const [thief, ada, grace] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
  const credential = await thief.credential(ADA);
  const tell = async (kind: EventName, now = clock.now) => {
    const clientId = deps.config.googleClientId;
    const body = await google.issueSecurityEvent({ kind, person: ADA, clientId, now });
    const headers = { "content-type": "application/secevent+jwt" };
    const url = `http://localhost${PATHS.risc}`;
    const answer = await app.handle(new Request(url, { method: "POST", headers, body }));
    expect(answer.status).toBe(202);
  };
  const post = () => thief.post(PATHS.login, { credential });
  const idOfAda = async () => (await store.findPeopleByEmail(ADA.email))[0]?.id ?? "";
  return { ...foyer, thief, ada, grace, tell, post, idOfAda };
}

type Scene = Awaited<ReturnType<typeof createScene>>;

const deleteSelf = async ({ ada }: Scene) => {
  await ada.signIn(ADA);
  expect((await act(ada, "DELETE", PATHS.account)).status).toBe(200);
};

const deleteByAdmin = async ({ ada, grace, idOfAda }: Scene) => {
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  expect((await act(grace, "DELETE", person(await idOfAda()))).status).toBe(200);
};

describe("an ID token from before Google's event", () => {
  const EVENTS: [kind: EventName, more: EventName[]][] = [
    ["sessions-revoked", []],
    ["tokens-revoked", []],
    ["account-disabled", ["account-enabled"]],
  ];
  const ACCOUNTS: [what: string, before: (s: Scene) => unknown, after: (s: Scene) => unknown][] = [
    ["of somebody with an account", ({ ada }) => ada.signIn(ADA), () => {}],
    ["of somebody without an account", () => {}, () => {}],
    ["of somebody who deletes the account before", deleteSelf, () => {}],
    ["of somebody whom an administrator deletes before", deleteByAdmin, () => {}],
    ["of somebody who deletes the account after", () => {}, deleteSelf],
    ["of somebody whom an administrator deletes after", () => {}, deleteByAdmin],
  ];
  for (const [kind, more] of EVENTS) {
    for (const [what, before, after] of ACCOUNTS) {
      test(`is refused: ${[kind, ...more].join(", ")}, ${what}`, async () => {
        const scene = await createScene();
        const { clock, tell, post, visitor } = scene;
        await before(scene);
        clock.pass(30 * MINUTE_MS);
        await tell(kind);
        clock.pass(MINUTE_MS);
        for (const other of more) await tell(other);
        await after(scene);
        clock.pass(10 * MINUTE_MS);
        const refused = await post();
        expect(refused.status).toBe(401);
        const problem = (await refused.json()) as { code: string; detail: string };
        expect(problem.code).toBe("expired_credential");
        expect(problem.detail).toContain(`Google has signed ${ADA.email} out of all applications`);
        expect((await visitor().signIn(ADA)).status).toBe(200);
      });
    }
  }

  test("is refused from the same second, and accepted from the next", async () => {
    const { clock, tell, post, ada } = await createScene();
    await tell("sessions-revoked");
    expect((await post()).status).toBe(401);
    clock.pass(1000);
    expect((await ada.signIn(ADA)).status).toBe(200);
  });

  test("is refused for as long as it is accepted at all, however often rows are swept", async () => {
    const { clock, tell, post, store } = await createScene();
    await tell("sessions-revoked");
    clock.pass(54 * MINUTE_MS);
    await store.deleteExpired(clock.now);
    expect(await codeOf(await post())).toBe("expired_credential");
  });

  test("has begun no session that outlives an event that arrives late", async () => {
    const { clock, tell, post, thief, store } = await createScene();
    const revokedAt = clock.now + MINUTE_MS;
    clock.pass(10 * MINUTE_MS);
    expect((await post()).status).toBe(200);
    clock.pass(MINUTE_MS);
    await tell("sessions-revoked", revokedAt);
    expect(await thief.status()).toBe(401);
    const [event] = await store.listEvents({ kind: "security_event", limit: 1 });
    expect(event?.details?.count).toBe(1);
  });

  test("leaves a refusal in the audit log, once", async () => {
    const { tell, post, store, clock } = await createScene();
    clock.pass(1000);
    await tell("sessions-revoked");
    for (let times = 0; times < 3; times += 1) await post();
    const events = await store.listEvents({ kind: "policy_refusal", limit: 9 });
    expect(events.map(({ details }) => details?.method)).toEqual(["expired_credential"]);
  });
});

describe("an account that Google has disabled", () => {
  const WAYS: [what: string, end: (s: Scene) => unknown][] = [
    ["before it exists", () => {}],
    ["after it was deleted", deleteSelf],
  ];
  for (const [what, before] of WAYS) {
    test(`${what} is not opened until Google enables it`, async () => {
      const scene = await createScene();
      const { clock, tell, visitor, store } = scene;
      await before(scene);
      clock.pass(MINUTE_MS);
      await tell("account-disabled");
      clock.pass(400 * 86_400_000);
      await store.deleteExpired(clock.now);
      const refused = await visitor().signIn(ADA);
      expect(await codeOf(refused)).toBe("user_disabled");
      await tell("account-enabled");
      clock.pass(1000);
      expect((await visitor().signIn(ADA)).status).toBe(200);
    });
  }

  test("stays disabled when an administrator deletes it", async () => {
    const scene = await createScene();
    const { clock, tell, visitor, ada, grace, idOfAda } = scene;
    await ada.signIn(ADA);
    clock.pass(MINUTE_MS);
    await tell("account-disabled");
    clock.pass(MINUTE_MS);
    await grace.signIn(GRACE);
    await act(grace, "DELETE", person(await idOfAda()));
    expect(await codeOf(await visitor().signIn(ADA))).toBe("user_disabled");
  });

  test("is not disabled again by an older event that comes after the deletion", async () => {
    const scene = await createScene();
    const { clock, tell, visitor } = scene;
    const disabledAt = clock.now;
    clock.pass(MINUTE_MS);
    await tell("account-enabled");
    await deleteSelf(scene);
    clock.pass(20 * 86_400_000);
    const ada = visitor();
    await ada.signIn(ADA);
    await tell("account-disabled", disabledAt);
    expect(await ada.status()).toBe(200);
    expect((await visitor().signIn(ADA)).status).toBe(200);
  });
});

describe("a clock that is set forward and back", () => {
  for (const forward of [2 * 3_600_000, 86_400_000, 500 * 86_400_000]) {
    test(`by ${forward / 3_600_000} hours forgets no used nonce and no revocation`, async () => {
      const { clock, tell, post, store, visitor, thief } = await createScene();
      const used = visitor();
      const credential = await used.credential(GRACE);
      expect((await used.post(PATHS.login, { credential })).status).toBe(200);
      clock.pass(MINUTE_MS);
      await tell("sessions-revoked");
      clock.pass(forward);
      await store.deleteExpired(clock.now);
      clock.pass(-forward);
      const replay = used.anonymous();
      expect(await codeOf(await replay.post(PATHS.login, { credential }))).toBe("nonce_expired");
      expect((await post()).status).toBe(401);
      expect(await thief.status()).toBe(401);
      clock.pass(1000);
      expect((await visitor().signIn(ADA)).status).toBe(200);
    });
  }
});
