import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { GRACE, KATHERINE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const PEOPLE = "/htmx/admin.people";

describe("the pages of administrators", () => {
  test("is for administrators: 401 and 403 for others, and not in their menu", async () => {
    const { ada, grace, visitor, graceId } = await createAdminScene();
    for (const path of ["/htmx/admin", PEOPLE, "/htmx/admin.invitations", "/htmx/record"]) {
      expect((await visitor().fragment(path)).status).toBe(401);
      const refused = await grace.fragment(path);
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain("Only admins can open this page");
      expect((await ada.fragment(path)).status).toBe(200);
    }
    expect((await grace.send(`${PATHS.auditExport}?format=csv`)).status).toBe(403);
    expect((await act(grace, "PUT", person(graceId, "/administrator"))).status).toBe(403);
    const menus = await Promise.all(
      [ada, grace].map(async (each) => (await each.fragment(PATHS.navbar)).text()),
    );
    expect(menus.map((menu) => menu.includes("/spa/admin"))).toEqual([true, false]);
  });

  test("changes nothing for a page of another session, or of another site", async () => {
    const { ada, grace, graceId } = await createAdminScene();
    const acts: [method: string, path: string][] = [
      ["PUT", person(graceId, "/disabled")],
      ["DELETE", person(graceId, "/disabled")],
      ["PUT", person(graceId, "/administrator")],
      ["DELETE", person(graceId, "/administrator")],
      ["DELETE", person(graceId, "/sessions")],
      ["DELETE", person(graceId)],
      ["POST", PATHS.invitations],
      ["DELETE", `${PATHS.invitations}?email=x@gmail.com`],
    ];
    for (const [method, path] of acts) {
      const unnamed = await ada.send(path, { method });
      expect((await unnamed.clone().json()).detail).toContain("Reload the page");
      expect(await codeOf(unnamed)).toBe("signed_in_as_another");
      const other = await ada.send(path, { method, headers: { "x-signed-in-as": "another" } });
      expect((await other.json()).detail).toContain("You are now signed in as");
      const headers = { "sec-fetch-site": "same-site" };
      expect(await codeOf(await ada.send(path, { method, headers }))).toBe("cross_origin");
    }
    expect(await grace.status()).toBe(200);
  });

  test("disables and enables; ended sessions stay ended", async () => {
    const { ada, grace, graceId } = await createAdminScene();
    expect((await act(ada, "PUT", person(graceId, "/disabled"))).status).toBe(200);
    expect(await grace.status()).toBe(403);
    expect(await (await grace.fragment(PATHS.navbar)).text()).toContain("This account is disabled");
    expect((await act(ada, "PUT", person(graceId, "/disabled"))).status).toBe(200);
    const page = await parseResponse(await act(ada, "DELETE", person(graceId, "/disabled")));
    expect([...page.querySelectorAll(".badge")].map((badge) => badge.textContent)).toEqual([
      "Active",
    ]);
    expect(await grace.status()).toBe(401);
    expect((await grace.signIn(GRACE)).status).toBe(200);
    const events = await ada.fragment(`/htmx/admin?person=${graceId}`);
    const history = await parseResponse(events);
    const kinds = [...history.querySelectorAll("tbody [scope=row]")].map(
      (cell) => cell.textContent,
    );
    // Disabling twice is one change.
    expect(kinds).toEqual(["Signed in", "Account enabled", "Account disabled", "Signed in"]);
  });

  test("says what an act has done, in a header of ASCII", async () => {
    const { ada, visitor, idOf } = await createAdminScene();
    const name = "Björn “王” \u{1f600}";
    await visitor().signIn({ ...KATHERINE, name });
    await visitor().signIn({ ...KATHERINE, name });
    const id = await idOf(KATHERINE.email);
    const acts: [method: string, rest: string, text: string | null][] = [
      ["PUT", "/administrator", `${name} is now an admin`],
      ["DELETE", "/administrator", "Admin role removed"],
      ["DELETE", "/administrator", null],
      ["DELETE", "/sessions", "2 devices signed out"],
      ["PUT", "/disabled", "Account disabled"],
      ["DELETE", "/disabled", "Account enabled"],
      ["DELETE", "", `Account of ${name} deleted`],
    ];
    for (const [method, rest, text] of acts) {
      const { headers } = await act(ada, method, person(id, rest));
      const header = headers.get("hx-trigger") ?? "";
      expect(header).toMatch(/^[\x20-\x7e]*$/);
      expect(header ? JSON.parse(header).PageMessage.text : null).toBe(text);
    }
  });

  test("tells what a person did to others from what was done to them", async () => {
    const { ada, adaId, graceId } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/disabled"));
    const read = async (id: string) => {
      const page = await parseResponse(await ada.fragment(`/htmx/admin?person=${id}`));
      const columns = [...page.querySelectorAll("thead th")].map((cell) => cell.textContent);
      const cells = page.querySelectorAll("tbody tr:nth-child(2) > *");
      return [columns, [...cells].slice(1, -1).map((cell) => cell.textContent)];
    };
    const title = "Account disabled";
    expect(await read(graceId)).toEqual([
      ["Time", "Event", "By", "Details"],
      [title, "Ada Lovelace"],
    ]);
    expect(await read(adaId)).toEqual([
      ["Time", "Event", "Person", "By", "Details"],
      [title, GRACE.name, "Ada Lovelace"],
    ]);
  });

  test("leads to the day with many blocked sign-ins, and says why most were blocked", async () => {
    const { ada, visitor } = await createAdminScene({ SIGN_UP: "closed" });
    const stranger = visitor();
    for (let times = 0; times < 9; times += 1) await stranger.signIn(KATHERINE);
    await stranger.post(PATHS.login, { credential: "a.b.c" });
    // Grace, who came before Ada could invite her, was blocked, too.
    const page = await parseResponse(await ada.fragment("/htmx/admin"));
    const row = one(page, "section[aria-labelledby=attention] li");
    expect(row.textContent).toContain("11 blocked sign-ins on ");
    expect(row.textContent).toContain("Most: sign-up is closed");
    const log = await ada.fragment(one(row, "a").getAttribute("hx-get") ?? "");
    expect(await log.text()).toContain(KATHERINE.name);
  });

  test("asks before an admin is made or an account deleted, and names the person", async () => {
    const { ada, graceId } = await createAdminScene();
    const page = await parseResponse(await ada.fragment(`/htmx/admin.people?person=${graceId}`));
    const questions = [...page.querySelectorAll("dialog h2")].map((title) => title.textContent);
    expect(questions).toEqual([`Make ${GRACE.name} an admin?`, `Delete ${GRACE.name}’s account?`]);
    for (const act of page.querySelectorAll(`[hx-put$=administrator], [hx-delete$="${graceId}"]`)) {
      expect(act.closest("dialog")).not.toBeNull();
    }
    // What weighs more comes later, and deletion has a place of its own.
    const acts = [...page.querySelectorAll("button")].filter((each) => !each.closest("dialog"));
    expect(acts.map((button) => button.textContent)).toEqual([
      "Make admin…",
      "Disable account",
      "Sign out all devices",
      "Delete account…",
    ]);
    // A dialog is no part of a paragraph: there, the paragraph would end.
    expect(page.querySelector("p dialog")).toBeNull();
  });

  test("deletes an ended session when it expires", async () => {
    const { ada, grace, graceId, clock, store } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/disabled"));
    clock.pass(601_000);
    expect(await grace.status()).toBe(401);
    await store.deleteExpired(clock.now);
    expect(await grace.status()).toBe(401);
  });

  test("ends sessions, and deletes", async () => {
    const { ada, grace, graceId, store } = await createAdminScene();
    await act(ada, "DELETE", person(graceId, "/sessions"));
    expect(await grace.status()).toBe(401);
    await grace.signIn(GRACE);
    expect((await act(ada, "DELETE", person(graceId))).status).toBe(200);
    expect(await grace.status()).toBe(401);
    expect(await store.findPerson(graceId)).toBeNull();
  });

  test("answers 404 for an unknown id", async () => {
    const { ada } = await createAdminScene();
    for (const id of [crypto.randomUUID(), "x", "%00", "__proto__", "' or 1=1"]) {
      const path = person(encodeURIComponent(id));
      for (const [method, rest] of [
        ["PUT", "/disabled"],
        ["DELETE", "/sessions"],
        ["DELETE", ""],
      ]) {
        expect((await act(ada, method ?? "", path + rest)).status).toBe(404);
      }
      const page = await ada.fragment(`/htmx/admin?${new URLSearchParams({ person: id })}`);
      expect(page.status).toBe(404);
    }
  });

  test("invites an address once, and revokes the invitation", async () => {
    const { ada, visitor } = await createAdminScene({ SIGN_UP: "closed" });
    expect(await codeOf(await visitor().signIn(KATHERINE))).toBe("sign_up_closed");
    const email = KATHERINE.email.toUpperCase();
    expect((await act(ada, "POST", PATHS.invitations, { email })).status).toBe(200);
    const page = await parseResponse(await act(ada, "POST", PATHS.invitations, { email }));
    expect(page.querySelectorAll(".rows li")).toHaveLength(1);
    expect(one(page, ".rows li b").textContent).toBe(KATHERINE.email);
    const withdraw = `${PATHS.invitations}?email=${encodeURIComponent(KATHERINE.email)}`;
    expect((await act(ada, "DELETE", withdraw)).status).toBe(200);
    expect((await act(ada, "DELETE", withdraw)).status).toBe(404);
    expect(await codeOf(await visitor().signIn(KATHERINE))).toBe("sign_up_closed");
  });

  test("logs the act, the actor and the person", async () => {
    const { ada, adaId, graceId, logLines } = await createAdminScene();
    await act(ada, "PUT", person(graceId, "/disabled"));
    await act(ada, "DELETE", person(graceId, "/disabled"));
    await act(ada, "PUT", person(graceId, "/administrator"));
    await act(ada, "DELETE", person(graceId, "/administrator"));
    await act(ada, "POST", PATHS.invitations, { email: KATHERINE.email });
    await act(ada, "DELETE", `${PATHS.invitations}?email=${KATHERINE.email}`);
    await ada.send(`${PATHS.auditExport}?format=csv`);
    await ada.send(PATHS.accountExport);
    await act(ada, "DELETE", person(graceId));
    const lines = logLines.map((line) => JSON.parse(line));
    const acts = lines.filter(({ event }) => event === "admin_act" || event === "exported");
    expect(acts.map((line) => [line.act ?? line.what, line.actor, line.user])).toEqual([
      ["disable", adaId, graceId],
      ["enable", adaId, graceId],
      ["add_admin", adaId, graceId],
      ["remove_admin", adaId, graceId],
      ["invite", adaId, undefined],
      ["revoke_invitation", adaId, undefined],
      ["record", adaId, undefined],
      ["own account", adaId, undefined],
      ["delete", adaId, graceId],
    ]);
    expect(logLines.join("\n")).not.toContain(KATHERINE.email);
  });

  test("refuses a damaged form without words about sign-in", async () => {
    const { ada } = await createAdminScene();
    const headers = {
      "x-signed-in-as": await ada.shownSession(),
      "content-type": "application/x-www-form-urlencoded",
    };
    const body = new Uint8Array([0xff, 0xfe]);
    const refused = await ada.send(PATHS.invitations, { method: "POST", headers, body });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      code: "bad_parameter",
      detail: "We could not accept this request. Reload the page and try again.",
    });
  });

  const ADDRESSES = [
    "",
    "x",
    "ada@localhost",
    "@",
    "a@",
    "@b.example",
    "a@b@c.example",
    "ä@b.example",
    "a b@c.example",
    `${"a".repeat(65)}@b.example`,
    "a@b.example,c@d.example",
    "<script>@b.example",
  ];
  for (const email of ADDRESSES) {
    test(`invites nobody at "${email.slice(0, 30)}"`, async () => {
      const { ada, store } = await createAdminScene();
      const response = await act(ada, "POST", PATHS.invitations, { email });
      expect(email === "<script>@b.example" || response.status === 400).toBe(true);
      const page = await ada.fragment("/htmx/admin.invitations");
      expect((await parseResponse(page)).querySelector("main script")).toBeNull();
      expect((await store.listInvitations(0)).length).toBeLessThan(2);
    });
  }
});
