import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  count,
  open,
  pressButton,
  readMessage,
  readText,
  signIn,
  waitForHeadline,
  waitForPerson,
  waitUntilLoaded,
} from "./steps.ts";

const DESK = "/spa/admin";
const CONFLICT = /^error: Failed to load resource: .* status of (400|409) /;
const HOSTILE = '<img src=x onerror="alert(1)">';

describeInChromium("the admin page", ({ visit }) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));
  let graceId = "";

  /** Runs `act` with Ada on the admin page, and Grace in a browser of her own. */
  function withDesk(act: (at: { ada: Page; grace: Page }) => Promise<void>) {
    const expected = [REFUSED, CONFLICT];
    return () =>
      visit({ expected }, ({ page: grace }) =>
        visit({ expected }, async ({ page: ada }) => {
          await open(grace, `${server.origin}/spa`);
          await signIn(grace, GRACE);
          await open(ada, `${server.origin}/spa`);
          await signIn(ada);
          const [found] = await server.foyer.store.findPeopleByEmail(GRACE.email);
          graceId = found?.id ?? "";
          await act({ ada, grace });
        }),
      );
  }

  async function openPerson(page: Page, id = graceId, name = GRACE.name): Promise<void> {
    await open(page, `${server.origin}${DESK}?person=${id}`);
    await waitForHeadline(page, name);
  }

  /** Waits until the newest event of the person's history is `what`. */
  async function waitForHistory(page: Page, what: string): Promise<void> {
    await page.waitForFunction(
      (wanted) => document.querySelector("main tbody th")?.textContent?.trim() === wanted,
      { polling: 30 },
      what,
    );
    await waitUntilLoaded(page);
  }

  test(
    "lists people: found, sorted and paged, with addresses of their own",
    withDesk(async ({ ada, grace }) => {
      for (let number = 0; number < 60; number += 1) {
        const name = number === 0 ? HOSTILE : `Person ${String(number).padStart(2, "0")}`;
        const person = { ...GRACE, sub: `9${number}`, name, email: `p${number}@gmail.com` };
        await server.foyer.visitor().signIn(person);
      }
      expect(await count(grace, `a[href="${DESK}"]`)).toBe(0);
      await ada.locator(`#auth_navbar a[href="${DESK}"]`).click();
      await waitForHeadline(ada, "Admin");
      expect(await readText(ada, "main .wide tbody th")).toBe(HOSTILE);
      expect(await count(ada, "main .wide tbody tr")).toBe(50);
      await ada.locator("main a.button").click();
      await ada.waitForFunction(() => location.search.includes("after="));
      await ada.waitForFunction(
        () => document.querySelectorAll("main .wide tbody tr").length === 12,
        { polling: 30 },
      );
      await ada.reload();
      await waitForHeadline(ada, "Admin");
      expect(await count(ada, "main .wide tbody tr")).toBe(12);
      await ada.goBack();
      await ada.waitForFunction(
        () => document.querySelectorAll("main .wide tbody tr").length === 50,
        { polling: 30 },
      );
      await waitUntilLoaded(ada);
      await ada.type("#people_search", "PERSON 0");
      await Promise.all([ada.waitForNavigation(), ada.keyboard.press("Enter")]);
      await waitForHeadline(ada, "Admin");
      expect(await count(ada, "main .wide tbody tr")).toBe(9);
      expect(new URL(ada.url()).searchParams.get("q")).toBe("PERSON 0");
    }),
  );

  test(
    "disables and enables, and the person's open page says so within a second",
    withDesk(async ({ ada, grace }) => {
      await open(grace, `${server.origin}/spa/content.secret1`);
      await waitForHeadline(grace, "Members");
      await openPerson(ada);
      const begun = performance.now();
      await pressButton(ada, "Disable");
      await waitForHeadline(grace, "An administrator has disabled this account.");
      expect(performance.now() - begun).toBeLessThan(1500);
      await waitForHistory(ada, "disabled");
      expect(await readText(ada, "main .person .badge")).toBe("disabled");
      await pressButton(ada, "Enable");
      await waitForHistory(ada, "enabled");
      await waitForHeadline(grace, "Sign in to open Members");
      await signIn(grace, GRACE);
    }),
  );

  test(
    "makes and unmakes administrators; the other's menu follows",
    withDesk(async ({ ada, grace }) => {
      await openPerson(ada);
      await pressButton(ada, "Make administrator");
      await grace.waitForSelector(`#auth_navbar a[href="${DESK}"]`);
      await waitForHistory(ada, "made administrator");
      await pressButton(ada, "Unmake administrator");
      await grace.waitForSelector(`#auth_navbar:not(:has(a[href="${DESK}"])) .person`);
      await waitForPerson(grace, GRACE.name);
      await open(grace, server.origin + DESK);
      await waitForHeadline(grace, "This is for administrators only.");
    }),
  );

  test(
    "deletes by the keyboard alone, after a second question",
    withDesk(async ({ ada, grace }) => {
      await openPerson(ada);
      await ada.focus("button[commandfor=delete_person]");
      await ada.keyboard.press("Enter");
      await ada.waitForSelector("#delete_person[open]");
      await ada.keyboard.press("Tab");
      await ada.keyboard.press("Enter");
      await waitForHeadline(ada, "Admin");
      await grace.waitForSelector("google-button");
      expect(await server.foyer.store.findPerson(graceId)).toBeNull();
    }),
  );

  test(
    "keeps the last administrator, and says why",
    withDesk(async ({ ada }) => {
      const [me] = await server.foyer.store.findPeopleByEmail(ADA.email);
      await openPerson(ada, me?.id, ADA.name);
      expect(await readText(ada, "main")).toContain("Administrator by configuration");
      await pressButton(ada, "Disable");
      expect(await readMessage(ada)).toContain("Somebody must remain who can administer.");
      await waitForPerson(ada, ADA.name);
      await ada.reload();
      await waitForHeadline(ada, ADA.name);
      await pressButton(ada, "Delete");
      await ada.locator("#delete_person[open] .main").click();
      expect(await readMessage(ada)).toContain("Somebody must remain who can administer.");
      expect(await count(ada, "#delete_person[open]")).toBe(0);
    }),
  );

  test(
    "does once what is clicked twice, and what two administrators do at once",
    withDesk(async ({ ada, grace }) => {
      await openPerson(ada);
      await pressButton(ada, "Make administrator");
      await waitForHistory(ada, "made administrator");
      const other = {
        ...GRACE,
        sub: "77",
        name: "Barbara",
        email: "barbara@gmail.com",
        hasPicture: false,
      };
      await server.foyer.visitor().signIn(other);
      const [barbara] = await server.foyer.store.findPeopleByEmail(other.email);
      const pages = [ada, grace];
      for (const page of pages) await openPerson(page, barbara?.id, other.name);
      // The button of the second click is another's by then.
      await ada.locator("main .buttons button").click({ count: 2 });
      await waitForHistory(ada, "disabled");
      expect(await ada.evaluate(() => document.activeElement?.id)).toBe("content_section");
      await pressButton(ada, "Enable");
      await waitForHistory(ada, "enabled");
      await Promise.all(
        pages.map((page) =>
          page.$$eval("main button", (buttons) => {
            const [disable] = buttons.filter((each) => each.textContent?.trim() === "Disable");
            disable?.click();
            disable?.click();
          }),
        ),
      );
      for (const page of pages) await waitForHistory(page, "disabled");
      const events = await server.foyer.store.listEvents({ kind: "disabled", limit: 10 });
      expect(events).toHaveLength(2);
    }),
  );

  test(
    "invites and withdraws; what is no address is refused in a sentence",
    withDesk(async ({ ada }) => {
      await open(ada, server.origin + DESK);
      await ada.type("#invitation_email", "Emmy@Example.com");
      await ada.keyboard.press("Enter");
      await ada.waitForSelector(".rows li");
      await waitUntilLoaded(ada);
      expect(await readText(ada, ".rows li b")).toBe("emmy@example.com");
      await ada.$eval("#invitation_email", (input) => input.setAttribute("type", "text"));
      await ada.type("#invitation_email", "nobody");
      await ada.keyboard.press("Enter");
      expect(await readMessage(ada)).toContain("That is not an address");
      await pressButton(ada, "Withdraw");
      await ada.waitForSelector("main:not(:has(.rows li))");
      expect(await readText(ada, "#sign_in_message")).toBe("");
    }),
  );

  test(
    "shows the record, filtered, and hands it out",
    withDesk(async ({ ada }) => {
      await open(ada, `${server.origin}/spa/record`);
      await waitForHeadline(ada, "Audit log");
      await ada.select("#record_kind", "signed_in");
      await Promise.all([ada.waitForNavigation(), pressButton(ada, "Show")]);
      await waitForHeadline(ada, "Audit log");
      expect(await count(ada, "main tbody tr")).toBe(2);
      const file = await ada.$eval("main a[download$=csv]", async (link) =>
        (await fetch((link as HTMLAnchorElement).href)).text(),
      );
      expect(file.trim().split("\r\n")).toHaveLength(3);
      await ada.locator(`main tbody a[href*="${graceId}"]`).click();
      await waitForHeadline(ada, GRACE.name);
    }),
  );
});
