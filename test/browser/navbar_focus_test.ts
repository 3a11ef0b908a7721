import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { ADA, auditAt, GRACE, setDisabled } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { count, findGoogleButton, open, signIn, waitForHeadline, waitForPerson } from "./steps.ts";

const ROOM = "/spa/content.secret1";
const ACCOUNT = "account_menu";
const POLLING = { polling: 30 };

describeInChromium("the focus in and after the navigation bar", ({ visit }) => {
  const server = startForEach(async () => {
    const started = await startOwnServer({ ADMIN_EMAILS: ADA.email });
    // Somebody must be left who administers.
    await started.foyer.visitor().signIn(ADA);
    return started;
  });

  /** What has the focus, by what it does: a button's menu, a link's address, a heading's text. */
  const waitForFocus = (page: Page, wanted: string) =>
    page.waitForFunction(
      (expected) => {
        const focused = document.activeElement;
        const names = ["popovertarget", "href"].map((name) => focused?.getAttribute(name));
        return [...names, focused?.textContent, focused?.id].includes(expected);
      },
      POLLING,
      wanted,
    );

  async function graceId(): Promise<string> {
    return (await server.foyer.store.findPeopleByEmail(GRACE.email))[0]?.id ?? "";
  }

  async function changeRights(page: Page, isAdmin: boolean): Promise<void> {
    const { store, deps, clock } = server.foyer;
    const userId = await graceId();
    const act = { userId, policy: peoplePolicy(deps.config) };
    expect(await store[isAdmin ? "addAdmin" : "removeAdmin"](act, auditAt(clock.now))).toBe("done");
    deps.loginEvents.publish(userId);
    await page.waitForFunction(
      (wanted) =>
        (document.querySelector('#account_menu a[href="/spa/admin"]') !== null) === wanted,
      POLLING,
      isAdmin,
    );
  }

  /** Signs Grace in, and waits until changes elsewhere are heard. */
  async function openAsGrace(page: Page, path: string): Promise<void> {
    await open(page, server.origin + path);
    await signIn(page, GRACE);
    const deadline = Date.now() + 10_000;
    while (server.foyer.deps.loginEvents.listenerCount < 1) {
      if (Date.now() > deadline) throw new Error("There is no stream");
      await Bun.sleep(10);
    }
  }

  test("goes to the account button after a sign-in on a page for everybody", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      await waitForHeadline(page, "Welcome back, Ada");
      await waitForFocus(page, ACCOUNT);
    }));

  test("goes to the heading of the page for members that opens", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, server.origin + ROOM);
      await signIn(page);
      await waitForFocus(page, "Members");
    }));

  test("stays where the person has put it meanwhile, and in other tabs", () =>
    visit(async ({ page, openTab }) => {
      const other = await openTab();
      for (const tab of [page, other]) await open(tab, `${server.origin}/spa`);
      await findGoogleButton(other);
      await other.focus("#menu a[href='/spa/content.list']");
      await signIn(page);
      await waitForPerson(other, ADA.name);
      await waitForHeadline(other, "Welcome back, Ada");
      await waitForFocus(other, "/spa/content.list");
    }));

  const CONTROLS: [what: string, selector: string, focus: string][] = [
    ["the brand", "#auth_navbar .brand", "/spa"],
    ["a link of the menu", "#menu a[href='/spa/content.list']", "/spa/content.list"],
    ["the account button", "#auth_navbar [popovertarget=account_menu]", ACCOUNT],
    ["the page", "#content_section", "content_section"],
  ];
  for (const [what, selector, focus] of CONTROLS) {
    test(`stays on ${what} when the rights change, and with every event`, () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await openAsGrace(page, ROOM);
        await page.focus(selector);
        for (const isAdmin of [true, false]) {
          await changeRights(page, isAdmin);
          await waitForFocus(page, focus);
        }
        const reloaded = page.waitForResponse((one) => one.url().endsWith("/auth/auth_navbar"));
        await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
        await reloaded;
        await waitForPerson(page, GRACE.name);
        await waitForFocus(page, focus);
      }));
  }

  test("stays in the open account menu, and where its link is gone, on the next best", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await openAsGrace(page, ROOM);
      await page.click("#auth_navbar [popovertarget=account_menu]");
      await page.focus("#account_menu a[href='/spa/account']");
      await changeRights(page, true);
      await waitForFocus(page, "/spa/account");
      expect(await count(page, "#account_menu:popover-open")).toBe(1);
      await page.focus("#account_menu a[href='/spa/admin']");
      await changeRights(page, false);
      await waitForFocus(page, ACCOUNT);
      expect(await count(page, "#account_menu:popover-open")).toBe(1);
    }));

  test("stays on the heading of what has opened, while an event brings what is new", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await openAsGrace(page, "/spa/account");
      await waitForFocus(page, "Your account");
      await server.foyer.visitor().signIn(GRACE);
      await page.waitForFunction(
        () => document.querySelectorAll("#content_section li[id^=session_]").length === 2,
        POLLING,
      );
      await waitForFocus(page, "Your account");
    }));

  test("goes to the account button when the account is disabled, and to the heading at its end", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await openAsGrace(page, ROOM);
      await page.focus("#auth_navbar [popovertarget=account_menu]");
      await setDisabled(server.foyer, { userId: await graceId(), isDisabled: true });
      server.foyer.deps.loginEvents.publish(await graceId());
      await page.waitForSelector("#auth_navbar .badge.bad");
      await waitForFocus(page, ACCOUNT);
      server.clock.pass(600_000);
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await findGoogleButton(page);
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    }));
});
