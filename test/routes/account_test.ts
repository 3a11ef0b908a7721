import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer, GRACE, NETWORK } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, createPeople, FIREFOX, listSessions, signInFrom } from "./account_scene.ts";

describe("your account", () => {
  test("is for members", async () => {
    const foyer = await createFoyer();
    expect((await foyer.visitor().fragment("/htmx/account")).status).toBe(401);
    expect((await foyer.visitor().send("/spa/account")).status).toBe(200);
    expect((await foyer.visitor().send(PATHS.accountExport)).status).toBe(401);
  });

  test("shows the person and their sessions", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await signInFrom(visitor, FIREFOX);
    const account = await parseResponse(await visitor.fragment("/htmx/account"));
    expect(one(account, "main .person").textContent).toContain(ADA.email);
    const session = one(account, ".rows li[id]");
    expect(session.textContent).toContain("Firefox on Linux");
    expect(session.textContent).toContain(`Active now · Network ${NETWORK} · Signed in`);
    expect(one(session, ".badge").textContent).toBe("This device");
    expect(one(account, ".facts").textContent).toContain("Signed in withGoogle button");
    expect(account.body.innerHTML).not.toContain(visitor.sessionToken);
  });

  test("ends one session at once, and notifies its pages", async () => {
    const foyer = await createFoyer();
    const { laptop, phone } = await createPeople(foyer);
    const stream = (await phone.send(PATHS.events)).body?.getReader();
    await stream?.read();
    const own = await laptop.shownSession();
    const [other = ""] = (await listSessions(laptop)).filter((id) => id !== own);
    const response = await act(laptop, `${PATHS.accountSessions}/${other}`);
    expect(response.status).toBe(200);
    expect((await parseResponse(response)).querySelectorAll(".rows li[id]")).toHaveLength(1);
    expect(await phone.status()).toBe(401);
    expect(await laptop.status()).toBe(200);
    expect(String((await stream?.read())?.value)).toContain("LoginStatusChange");
  });

  test("ends all other sessions, or all", async () => {
    const foyer = await createFoyer();
    const { laptop, phone, grace } = await createPeople(foyer);
    await act(laptop, `${PATHS.accountSessions}?except=this`);
    expect([await laptop.status(), await phone.status()]).toEqual([200, 401]);
    await phone.signIn(ADA);
    const response = await act(laptop, PATHS.accountSessions);
    expect(response.status).toBe(200);
    expect(response.headers.get("hx-trigger")).toBe("LoginStatusChange");
    // A late answer must not erase a newer cookie: only sign-out and deletion clear it.
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get("x-answered-for")).toBeNull();
    expect(one(await parseResponse(response), ".card h1 + p").textContent).toContain(
      "See you soon, Ada",
    );
    expect([await laptop.status(), await phone.status()]).toEqual([401, 401]);
    expect(await grace.status()).toBe(200);
  });

  test("refuses another person's session and an unknown id", async () => {
    const foyer = await createFoyer();
    const { laptop, grace } = await createPeople(foyer);
    const [graces = ""] = await listSessions(grace);
    const ids = [graces, crypto.randomUUID(), "x", "%00", "..", "*", laptop.sessionToken];
    for (const id of ids) {
      const response = await act(laptop, `${PATHS.accountSessions}/${id}`);
      expect(response.status).toBe(404);
    }
    expect(await grace.status()).toBe(200);
  });

  test("changes nothing for a page of another session, or of none", async () => {
    const foyer = await createFoyer();
    const { laptop, grace } = await createPeople(foyer);
    const shown = await grace.shownSession();
    for (const path of [PATHS.account, PATHS.accountSessions, `${PATHS.accountSessions}/x`]) {
      const pages: Record<string, string>[] = [
        {},
        { "x-signed-in-as": shown },
        { "x-signed-in-as": "" },
      ];
      for (const headers of pages) {
        const response = await laptop.send(path, { method: "DELETE", headers });
        expect(response.status).toBe(409);
        expect(await codeOf(response)).toBe("signed_in_as_another");
      }
      const headers = { "sec-fetch-site": "cross-site", "x-signed-in-as": shown };
      const response = await laptop.send(path, { method: "DELETE", headers });
      expect(await codeOf(response)).toBe("cross_origin");
    }
    expect(await laptop.status()).toBe(200);
  });

  test("exports all data, and no secret", async () => {
    const foyer = await createFoyer();
    const { laptop, grace } = await createPeople(foyer);
    const response = await laptop.send(PATHS.accountExport);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain("attachment");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    const { person, sessions, events } = JSON.parse(text);
    expect(person).toMatchObject({ email: ADA.email, sub: ADA.sub, name: ADA.name });
    expect(sessions).toHaveLength(2);
    expect(events.map(({ kind }: { kind: string }) => kind)).toEqual([
      "exported",
      "signed_in",
      "signed_in",
    ]);
    for (const secret of [laptop.sessionToken, grace.sessionToken, GRACE.email, "hash", "salt"]) {
      expect(text).not.toContain(secret);
    }
  });

  test("exports nothing about others, and records nothing for another site", async () => {
    const foyer = await createFoyer();
    const { laptop } = await createPeople(foyer);
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const admin = {
      now: foyer.clock.now,
      actorId: "admin-id",
      network: "198.51.100.0/24",
      userAgent: "Desk/1",
    };
    const policy = peoplePolicy(foyer.deps.config);
    const act = { userId: person?.id ?? "", policy };
    await foyer.store.addAdmin(act, admin);
    const text = await (await laptop.send(PATHS.accountExport)).text();
    expect(text).toContain("administrator_made");
    for (const secret of ["admin-id", "198.51.100", "Desk/1"]) expect(text).not.toContain(secret);

    const headers = { "sec-fetch-site": "cross-site" };
    expect((await laptop.send(PATHS.accountExport, { headers })).status).toBe(403);
    await laptop.send(PATHS.accountExport, { method: "HEAD" });
    expect(await foyer.store.listEvents({ kind: "exported", limit: 9 })).toHaveLength(1);
  });

  test("is deleted with all its data, and cannot be signed in to again", async () => {
    const foyer = await createFoyer();
    const { laptop, phone } = await createPeople(foyer);
    const id = JSON.parse(await (await laptop.send(PATHS.accountExport)).text()).person.id;
    const response = await act(laptop, PATHS.account);
    expect(response.status).toBe(200);
    expect(laptop.sessionToken).toBe("");
    expect(response.headers.get("hx-push-url")).toBe("/spa");
    // Nobody is signed in any more, so the page keeps this answer.
    expect(response.headers.get("x-answered-for")).toBeNull();
    const page = await parseResponse(response);
    expect(one(page, "main h1").textContent).toBe("Your account was deleted");
    expect(one(page, ".card h1 + p").textContent).toBe("We no longer keep any data about you.");
    expect([await laptop.status(), await phone.status()]).toEqual([401, 401]);
    expect(await foyer.store.findPerson(id)).toBeNull();
    const events = await foyer.store.listEvents({ personId: id, limit: 100 });
    expect(events[0]?.kind).toBe("deleted");
    expect(JSON.stringify(events)).not.toContain(ADA.email);
    expect(await foyer.store.verifyAudit()).toMatchObject({ isWhole: true });
    await laptop.signIn(ADA);
    expect(JSON.parse(await (await laptop.send(PATHS.accountExport)).text()).person.id).not.toBe(
      id,
    );
  });

  test("deletes data from before the account existed", async () => {
    const foyer = await createFoyer({ SIGN_UP: "closed" });
    const visitor = foyer.visitor();
    expect((await visitor.signIn(ADA)).status).toBe(403);
    const email = ADA.email;
    await foyer.store.invite(email, auditAt(foyer.clock.now));
    await foyer.store.invite(GRACE.email, auditAt(foyer.clock.now));
    await visitor.signIn(ADA);
    await act(visitor, PATHS.account);
    const events = await foyer.store.listEvents({ limit: 100 });
    expect(events.map(({ kind }) => kind)).toContain("policy_refusal");
    expect(JSON.stringify(events)).not.toContain(ADA.email);
    expect(JSON.stringify(events)).not.toContain(ADA.name);
    expect(JSON.stringify(events)).toContain(GRACE.email);
    expect(await foyer.store.verifyAudit()).toMatchObject({ isWhole: true });
  });

  test("is deleted only after a recent sign-in", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    for (let minutes = 0; minutes < 10; minutes += 5) {
      foyer.clock.pass(300_000);
      await visitor.fragment("/htmx/account");
    }
    const account = await parseResponse(await visitor.fragment("/htmx/account"));
    expect(one(account, "a[href^='/auth/google']").getAttribute("href")).toContain("account");
    expect(account.querySelector("#delete_account")).toBeNull();
    const refused = await act(visitor, PATHS.account);
    expect(refused.status).toBe(403);
    expect(await codeOf(refused)).toBe("recent_sign_in_needed");
    await visitor.signIn(ADA, { nonce: await visitor.anonymousNonce() });
    expect((await act(visitor, PATHS.account)).status).toBe(200);
  });

  test("is not deleted for the last administrator", async () => {
    const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email });
    const { laptop } = await createPeople(foyer);
    const response = await act(laptop, PATHS.account);
    expect(response.status).toBe(409);
    expect(await codeOf(response)).toBe("last_administrator");
    expect(await laptop.status()).toBe(200);
  });
});
