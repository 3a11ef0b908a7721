import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import {
  ADMIN_PATH,
  type AdminScene,
  waitForFocus,
  waitForHistory,
  waitForMessage,
  withAdmin,
} from "./admin_steps.ts";
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
} from "./steps.ts";

describeInChromium("the page of a person, for administrators", (chromium) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));
  const withDesk = (act: (scene: AdminScene) => Promise<void>) =>
    withAdmin(chromium, { server, act });

  test(
    "disables and enables, and the person's open page says so within a second",
    withDesk(async ({ ada, grace, openPerson }) => {
      await open(grace, `${server.origin}/spa/content.secret1`);
      await waitForHeadline(grace, "Members");
      await openPerson(ada);
      const begun = performance.now();
      await pressButton(ada, "Disable account");
      await waitForHeadline(grace, "This account is disabled");
      expect(performance.now() - begun).toBeLessThan(1500);
      await waitForHistory(ada, "Account disabled");
      await waitForMessage(ada, "Account disabled, 1 device signed out");
      expect(await readText(ada, "main .head .badge")).toBe("Disabled");
      await pressButton(ada, "Enable account");
      await waitForHistory(ada, "Account enabled");
      await signIn(grace, GRACE);
      await waitForHeadline(grace, "Members");
    }),
  );

  test(
    "gives and removes the admin role, after a question; the other's menu follows",
    withDesk(async ({ ada, grace, openPerson }) => {
      await openPerson(ada);
      await makeAdmin(ada);
      await grace.waitForSelector(`#auth_navbar a[href="${ADMIN_PATH}"]`);
      await waitForHistory(ada, "Admin role given");
      await waitForMessage(ada, `${GRACE.name} is now an admin`);
      const focused = () => ada.evaluate(() => document.activeElement?.textContent);
      expect(await focused()).toBe("Remove admin role");
      await pressButton(ada, "Remove admin role");
      await grace.waitForSelector(`#auth_navbar:not(:has(a[href="${ADMIN_PATH}"])) .person`);
      await waitForPerson(grace, GRACE.name);
      await open(grace, server.origin + ADMIN_PATH);
      await waitForHeadline(grace, "Only admins can open this page");
    }),
  );

  test(
    "deletes by the keyboard alone, after a second question",
    withDesk(async ({ ada, grace, graceId, openPerson }) => {
      await openPerson(ada);
      await ada.focus("button[commandfor=delete_person]");
      await ada.keyboard.press("Enter");
      await ada.waitForSelector("#delete_person[open]");
      // Cancel has the focus, and gives it back.
      await ada.keyboard.press("Enter");
      await waitForFocus(ada, "delete_person_opener");
      await ada.keyboard.press("Enter");
      await ada.waitForSelector("#delete_person[open]");
      await ada.keyboard.press("Tab");
      await ada.keyboard.press("Enter");
      await waitForHeadline(ada, "People");
      await waitForMessage(ada, `Account of ${GRACE.name} deleted`);
      await waitForFocus(ada, "content_section");
      expect(await ada.title()).toBe("People · Foyer");
      expect(new URL(ada.url()).pathname + new URL(ada.url()).search).toBe(`${ADMIN_PATH}.people`);
      await grace.waitForSelector("google-button");
      expect(await server.foyer.store.findPerson(graceId)).toBeNull();
    }),
  );

  test(
    "keeps the last administrator, and says why",
    withDesk(async ({ ada, openPerson }) => {
      const [me] = await server.foyer.store.findPeopleByEmail(ADA.email);
      await openPerson(ada, me?.id, ADA.name);
      expect(await readText(ada, "main")).toContain("Admin by ADMIN_EMAILS");
      await pressButton(ada, "Disable account");
      expect(await readMessage(ada)).toContain("You are the only admin.");
      const step = "#sign_in_message [role=alert] a[data-step]";
      expect(await readText(ada, step)).toBe("Show people");
      expect(await ada.$eval(step, (link) => link.getAttribute("href"))).toBe("/spa/admin.people");
      await waitForPerson(ada, ADA.name);
      await ada.reload();
      await waitForHeadline(ada, ADA.name);
      await pressButton(ada, "Delete account…");
      await ada.locator("#delete_person[open] .main").click();
      expect(await readMessage(ada)).toContain("You are the only admin.");
      expect(await count(ada, "#delete_person[open]")).toBe(0);
    }),
  );

  test(
    "does once what is clicked twice, and what two administrators do at once",
    withDesk(async ({ ada, grace, openPerson }) => {
      await openPerson(ada);
      await makeAdmin(ada);
      await waitForHistory(ada, "Admin role given");
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
      await ada.locator("main .card > .line > button:last-of-type").click({ count: 2 });
      await waitForHistory(ada, "Account disabled");
      expect(await ada.evaluate(() => document.activeElement?.textContent)).toBe("Enable account");
      await pressButton(ada, "Enable account");
      await waitForHistory(ada, "Account enabled");
      await Promise.all(
        pages.map((page) =>
          page.$$eval("main button", (buttons) => {
            const [disable] = buttons.filter(
              (each) => each.textContent?.trim() === "Disable account",
            );
            disable?.click();
            disable?.click();
          }),
        ),
      );
      for (const page of pages) await waitForHistory(page, "Account disabled");
      const events = await server.foyer.store.listEvents({ kind: "disabled", limit: 10 });
      expect(events).toHaveLength(2);
    }),
  );
});

/** Answers the question whether the person becomes an admin. */
async function makeAdmin(page: Page): Promise<void> {
  await pressButton(page, "Make admin…");
  await page.waitForSelector("#make_admin[open]");
  await pressButton(page, "Make admin");
}
