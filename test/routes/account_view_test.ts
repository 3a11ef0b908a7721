import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";
import { act, createPeople, FIREFOX, IPHONE, listSessions, signInFrom } from "./account_scene.ts";

describe("the account page", () => {
  test("lists this device first, and names each device on its button", async () => {
    const foyer = await createFoyer();
    const [laptop, phone, other] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
    await signInFrom(laptop, FIREFOX);
    foyer.clock.pass(60_000);
    await signInFrom(phone, IPHONE);
    foyer.clock.pass(60_000);
    await signInFrom(other, IPHONE);
    const account = await parseResponse(await laptop.fragment("/htmx/account"));
    const rows = [...account.querySelectorAll(".rows li[id]")];
    expect(rows.map((row) => one(row, "b").textContent)).toEqual([
      "Firefox on Linux",
      "Safari on iPhone",
      "Safari on iPhone",
    ]);
    const labels = rows.map((row) => one(row, "button").getAttribute("aria-label"));
    expect(labels[0]).toBe("Sign out this device");
    for (const label of labels.slice(1)) {
      expect(label).toMatch(/^Sign out Safari on iPhone, signed in .* UTC$/);
    }
    expect(new Set(labels).size).toBe(3);
    const lastActive = rows[1]?.querySelector("time");
    expect(lastActive?.textContent).toEndWith(" UTC");
    expect(lastActive?.getAttribute("data-time")).toBe("active");
  });

  test("says when an account that is not used is deleted, but not to admins", async () => {
    const env = { ACCOUNT_RETENTION_DAYS: "365", ADMIN_EMAILS: GRACE.email };
    const foyer = await createFoyer(env);
    const [ada, grace] = [foyer.visitor(), foyer.visitor()];
    await ada.signIn(ADA);
    await grace.signIn(GRACE);
    const sentence = "Your account is deleted after 365 days without a sign-in.";
    expect(await (await ada.fragment("/htmx/account")).text()).toContain(sentence);
    expect(await (await grace.fragment("/htmx/account")).text()).not.toContain(sentence);
    const other = await createFoyer();
    const visitor = other.visitor();
    await visitor.signIn(ADA);
    expect(await (await visitor.fragment("/htmx/account")).text()).not.toContain(
      "is deleted after",
    );
  });

  test("says what was done: which device is signed out, and how many", async () => {
    const foyer = await createFoyer();
    const [laptop, ...phones] = [1, 2, 3, 4].map(() => foyer.visitor());
    if (!laptop) throw new Error("no laptop");
    await signInFrom(laptop, FIREFOX);
    for (const phone of phones) await signInFrom(phone, IPHONE);
    const own = await laptop.shownSession();
    const messageOf = ({ headers }: Response) =>
      JSON.parse(headers.get("hx-trigger") ?? "{}").PageMessage?.text;
    const [other = ""] = (await listSessions(laptop)).filter((id) => id !== own);
    const path = `${PATHS.accountSessions}/${other}`;
    expect(messageOf(await act(laptop, path))).toBe("Safari on iPhone signed out");
    const again = await act(laptop, path);
    expect(again.status).toBe(404);
    expect((await again.json()).detail).toBe("This device is already signed out.");
    const others = `${PATHS.accountSessions}?except=this`;
    expect(messageOf(await act(laptop, others))).toBe("2 other devices signed out");
    await signInFrom(phones[0] as Visitor, IPHONE);
    expect(messageOf(await act(laptop, others))).toBe("1 other device signed out");
    expect(messageOf(await laptop.fragment("/htmx/account"))).toBeUndefined();
  });

  test("shows what happened to the account, not who else acted and from where", async () => {
    const foyer = await createFoyer();
    const { laptop, grace } = await createPeople(foyer);
    const admin = {
      now: foyer.clock.now,
      actorId: "admin-id",
      network: "198.51.100.0/24",
      userAgent: FIREFOX,
    };
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const policy = peoplePolicy(foyer.deps.config);
    await foyer.store.addAdmin({ userId: person?.id ?? "", policy }, admin);
    await laptop.send(PATHS.accountExport);
    const account = await parseResponse(await laptop.fragment("/htmx/account"));
    const activity = one(account, "[aria-labelledby=activity]");
    const titles = [...activity.querySelectorAll(".rows b")].map(({ textContent }) => textContent);
    expect(titles).toEqual(["Data downloaded", "Admin role given", "Signed in", "Signed in"]);
    expect(activity.textContent).toContain("By an admin");
    for (const other of ["admin-id", "198.51.100", "Firefox", GRACE.email, GRACE.name]) {
      expect(activity.innerHTML).not.toContain(other);
    }
    const graces = await parseResponse(await grace.fragment("/htmx/account"));
    expect(one(graces, "[aria-labelledby=activity]").querySelectorAll("li")).toHaveLength(1);
  });

  test("shows thirty days of activity, four events at first", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    foyer.clock.pass(31 * 86_400_000);
    for (let sign = 0; sign < 6; sign += 1) await foyer.visitor().signIn(ADA);
    await visitor.signIn(ADA);
    const account = await parseResponse(await visitor.fragment("/htmx/account"));
    const activity = one(account, "[aria-labelledby=activity]");
    expect(activity.querySelectorAll("li")).toHaveLength(7);
    expect(one(activity, "details").querySelectorAll("li")).toHaveLength(3);
    expect(one(activity, "summary").textContent).toBe("Show all 7");
  });
});
