import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

describe("administrators", () => {
  const LAST: [method: string, rest: string][] = [
    ["PUT", "/disabled"],
    ["DELETE", ""],
  ];
  for (const [method, rest] of LAST) {
    test(`keeps the last administrator: ${method} ${rest || "the person"}`, async () => {
      const { ada, adaId, graceId } = await createAdminScene();
      const refused = await act(ada, method, person(adaId, rest));
      expect(refused.status).toBe(409);
      expect(await codeOf(refused)).toBe("last_administrator");
      expect(await ada.status()).toBe(200);
      await act(ada, "PUT", person(graceId, "/administrator"));
      expect((await act(ada, method, person(adaId, rest))).status).toBe(200);
      expect(await ada.status()).not.toBe(200);
    });
  }

  test("adds and removes administrators at once", async () => {
    const { ada, grace, graceId } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    expect((await grace.fragment("/htmx/admin")).status).toBe(200);
    await act(ada, "DELETE", person(graceId, "/administrator"));
    expect((await grace.fragment("/htmx/admin")).status).toBe(403);
  });

  test("names administrators by configuration, and cannot remove them", async () => {
    const { ada, adaId } = await createAdminScene();
    const page = await parseResponse(await ada.fragment(`/htmx/admin?person=${adaId}`));
    expect(one(page, ".facts").textContent).toContain("Admin by ADMIN_EMAILS.");
    expect(one(page, "title").textContent).toContain(ADA.name);
    const acts = [...page.querySelectorAll("button")].map((button) => button.textContent);
    expect(acts.filter((text) => /admin/i.test(text ?? ""))).toEqual([]);
    const response = await act(ada, "DELETE", person(adaId, "/administrator"));
    expect(response.status).toBe(409);
    expect(await codeOf(response)).toBe("administrator_by_configuration");
  });

  for (const [signUp, isSaid] of [
    ["open", true],
    ["closed", false],
  ] as const) {
    test(`says before a deletion who may come back: SIGN_UP=${signUp}`, async () => {
      const { ada: before, graceId, store } = await createAdminScene();
      const env = { ADMIN_EMAILS: ADA.email, SIGN_UP: signUp };
      const ada = (await createFoyer(env, { store })).visitor();
      for (const [name, value] of before.cookies) ada.cookies.set(name, value);
      const question = async () => {
        const page = await parseResponse(await ada.fragment(`/htmx/admin?person=${graceId}`));
        return one(page, "#delete_person").textContent;
      };
      const sentence = "To keep them out, leave the account disabled.";
      expect(await question()).not.toContain(sentence);
      await act(ada, "PUT", person(graceId, "/disabled"));
      expect((await question()).includes(sentence)).toBe(isSaid);
    });
  }

  test("keeps the last administrator by flag, and does not count a disabled one", async () => {
    const { ada, grace, adaId, graceId } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    await act(grace, "PUT", person(adaId, "/disabled"));
    const refused = await act(grace, "DELETE", person(graceId, "/administrator"));
    expect(await codeOf(refused)).toBe("last_administrator");
  });

  test("does not count an administrator whom the configuration does not admit", async () => {
    const before = await createFoyer();
    const [ada, grace] = [before.visitor(), before.visitor()];
    await ada.signIn(ADA);
    await grace.signIn(GRACE);
    const admit = () => ({ mayEnter: true, isAdmin: false });
    for (const { email } of [ADA, GRACE]) {
      const [found] = await before.store.findPeopleByEmail(email);
      const policy = { configuredAdmins: new Set<string>(), admit };
      const act = { userId: found?.id ?? "", policy };
      await before.store.addAdmin(act, auditAt(before.clock.now));
    }
    const { store } = before;
    const tight = (await createFoyer({ ALLOWED_EMAILS: ADA.email }, { store })).visitor();
    for (const [name, value] of ada.cookies) tight.cookies.set(name, value);
    const [me] = await store.findPeopleByEmail(ADA.email);
    const refused = await act(tight, "DELETE", person(me?.id ?? "", "/administrator"));
    expect(await codeOf(refused)).toBe("last_administrator");
  });

  test("removes the flag of an administrator by configuration", async () => {
    const { ada, adaId, store, clock, deps } = await createAdminScene();
    const policy = peoplePolicy(deps.config);
    const flag = { userId: adaId, policy };
    await store.addAdmin(flag, auditAt(clock.now));
    expect((await act(ada, "DELETE", person(adaId, "/administrator"))).status).toBe(200);
    expect((await ada.fragment("/htmx/admin")).status).toBe(200);
  });

  test("lets administrators delete themselves only after a recent sign-in", async () => {
    const { ada, adaId, graceId, clock } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    for (let minutes = 0; minutes < 10; minutes += 5) {
      clock.pass(300_000);
      await ada.fragment("/htmx/admin");
    }
    expect(await codeOf(await act(ada, "DELETE", person(adaId)))).toBe("recent_sign_in_needed");
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    const gone = await act(ada, "DELETE", person(adaId));
    expect(gone.status).toBe(200);
    expect(one(await parseResponse(gone), "h1").textContent).toBe("Your account was deleted");
    expect(gone.headers.get("hx-trigger")).toBe("LoginStatusChange");
  });

  test.each([
    ["sign out their own devices", "DELETE", "/sessions", "You are signed out"],
    ["give up the role", "DELETE", "/administrator", null],
  ])("tells administrators who %s what they did", async (_, method, path, title) => {
    const { ada, adaId, grace, graceId } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    const answer = await act(grace, method, person(graceId, path));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("hx-trigger")).toBe("LoginStatusChange");
    if (title === null) {
      // The page stays, and shows what it may show now.
      expect(answer.headers.get("hx-reswap")).toBe("none");
      expect(await grace.status()).toBe(200);
    } else {
      expect(one(await parseResponse(answer), "h1").textContent).toBe(title);
      expect(answer.headers.get("x-answered-for")).toBeNull();
      expect(await grace.status()).toBe(401);
    }
    expect((await act(ada, "GET", person(adaId))).status).not.toBe(401);
  });

  test("keeps a deleted administrator's acts on others in the audit log", async () => {
    const { ada, grace, graceId, store, visitor, idOf } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    await visitor().signIn(KATHERINE);
    await act(grace, "PUT", person(await idOf(KATHERINE.email), "/disabled"));
    await act(grace, "DELETE", PATHS.account);
    const [event] = await store.listEvents({ kind: "disabled", limit: 1 });
    expect(event).toMatchObject({ actorId: graceId, details: { email: KATHERINE.email } });
    expect(JSON.stringify(await store.listEvents({ limit: 99 }))).not.toContain(GRACE.email);
  });

  test("lets two administrators act at once, with one outcome", async () => {
    const { ada, grace, adaId, graceId, store } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/administrator"));
    const both = await Promise.all([
      act(ada, "DELETE", person(graceId)),
      act(grace, "DELETE", person(adaId)),
    ]);
    expect(both.map(({ status }) => status).toSorted()[0]).toBe(200);
    const left = await Promise.all([adaId, graceId].map((id) => store.findPerson(id)));
    expect(left.filter((one) => one !== null)).toHaveLength(1);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true });
  });
});
