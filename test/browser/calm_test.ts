import { expect, test } from "bun:test";

import type { HTTPRequest, Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { ADA, auditAt, GRACE, setDisabled } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  intercept,
  open,
  readText,
  signIn,
  signOut,
  waitForHeadline,
  waitUntilLoaded,
} from "./steps.ts";

const INVITATIONS = "/spa/admin.invitations";
const FIELD = "#invitation_email";
const DEVICES = "#content_section li[id^=session_]";
const ROWS = "#customers tbody tr";
const NETWORK = /^error: Failed to load resource: net::/;
const POLLING = { polling: 30 };

describeInChromium("an event", ({ visit }) => {
  const server = startForEach(async () => {
    const started = await startOwnServer({ ADMIN_EMAILS: ADA.email, SIGN_UP: "closed" });
    await started.foyer.store.tables.customers.add(createDemoCustomers(45));
    for (const { email } of [ADA, GRACE]) {
      await started.foyer.store.invite(email, auditAt(started.clock.now));
    }
    return started;
  });

  /** Signs Ada in and out in another browser, and waits until this page has asked what that changed. */
  async function signInElsewhere(page: Page): Promise<void> {
    for (const act of [
      async (other: RemoteVisitor) => void (await other.signIn(server.google)),
      async (other: RemoteVisitor) => void (await other.post("/auth/logout")),
    ]) {
      const asked = page.waitForResponse((answer) => answer.url().endsWith("/auth/auth_navbar"));
      await act(elsewhere);
      await asked;
      await waitUntilLoaded(page);
    }
  }
  let elsewhere: RemoteVisitor;

  /** Opens `path` as Ada, and counts from then on how often the content is loaded. */
  async function openAsAda(page: Page, path: string): Promise<() => number> {
    elsewhere = new RemoteVisitor(server.origin);
    await open(page, server.origin + path);
    await signIn(page);
    await page.waitForFunction(() => document.querySelector("#content_section h1"), POLLING);
    await waitForStream();
    const loads: string[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname.startsWith("/htmx/")) loads.push(request.url());
    });
    return () => loads.length;
  }

  async function waitForStream(): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (server.foyer.deps.loginEvents.listenerCount < 1) {
      if (Date.now() > deadline) throw new Error("There is no stream");
      await Bun.sleep(10);
    }
  }

  const graceId = async () =>
    (await server.foyer.store.findPeopleByEmail(GRACE.email))[0]?.id ?? "";

  test("closes nothing that the same person has opened", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const loads = await openAsAda(page, "/spa/admin");
      await page.click("#content_section details summary");
      await signInElsewhere(page);
      expect(await page.$$("#content_section details[open]")).toHaveLength(1);
      expect(loads()).toBe(0);
    }));

  test("erases nothing that the same person is typing or has selected", () =>
    visit({ expected: [REFUSED, NETWORK] }, async ({ page }) => {
      const loads = await openAsAda(page, INVITATIONS);
      await page.type(FIELD, "half.typed@exam");
      await page.evaluate((selector) => {
        document.querySelector<HTMLInputElement>(selector)?.select();
        window.scrollTo(0, 300);
        document.getElementById("content_section")?.classList.add("never-replaced");
        document.getElementById("auth_navbar")?.classList.add("never-replaced");
      }, FIELD);
      const before = await page.evaluate(describeUse, FIELD);
      expect(before).toMatchObject({
        text: "half.typed@exam",
        focus: "invitation_email",
      });

      await signInElsewhere(page);
      await page.setOfflineMode(true);
      await page.setOfflineMode(false);
      await signInElsewhere(page);
      expect(await page.evaluate(describeUse, FIELD)).toEqual(before);
      expect(loads()).toBe(0);
      expect(await page.$$(".never-replaced")).toHaveLength(2);
    }));

  test("leaves the rows that were loaded, and how far the list is scrolled", () =>
    visit(async ({ page }) => {
      const loads = await openAsAda(page, "/spa/content.list");
      await page.click("#load_more");
      await page.waitForFunction(
        (selector) => document.querySelectorAll(selector).length === 40,
        POLLING,
        ROWS,
      );
      await page.evaluate(() => window.scrollTo(0, 500));
      await signInElsewhere(page);
      expect(await page.$$(ROWS)).toHaveLength(40);
      expect(await page.evaluate(() => scrollY)).toBe(500);
      expect(loads()).toBe(1);
    }));

  test("shows a new device on an account page that is only looked at, and leaves one in use alone", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await openAsAda(page, "/spa/account");
      const devices = () => page.$$eval(DEVICES, (rows) => rows.length);
      expect(await devices()).toBe(1);
      const begun = performance.now();
      await elsewhere.signIn(server.google);
      await page.waitForFunction(
        (selector) => document.querySelectorAll(selector).length === 2,
        POLLING,
        DEVICES,
      );
      expect(performance.now() - begun).toBeLessThan(1500);

      await page.click("#delete_account_opener");
      await page.waitForSelector("dialog[open]");
      elsewhere = new RemoteVisitor(server.origin);
      await signInElsewhere(page);
      expect(await page.$$("dialog[open]")).toHaveLength(1);
      expect(await devices()).toBe(2);
    }));

  test("that gives or takes rights shows within a second", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const { store, deps, clock } = server.foyer;
      // Somebody must remain who can administer.
      await new RemoteVisitor(server.origin).signIn(server.google);
      await open(page, server.origin + INVITATIONS);
      await signIn(page, GRACE);
      await waitForHeadline(page, "Only admins can open this page");
      await waitForStream();
      const userId = await graceId();
      const policy = peoplePolicy(deps.config);

      let begun = performance.now();
      await store.addAdmin({ userId, policy }, auditAt(clock.now));
      deps.loginEvents.publish(userId);
      await waitForHeadline(page, "Invitations");
      expect(performance.now() - begun).toBeLessThan(1000);
      expect(await readText(page, "#auth_navbar .menu")).toContain("Admin");

      // Focus is no reason to keep what one may no longer see.
      await page.focus(FIELD);
      begun = performance.now();
      await setDisabled(server.foyer, { userId, isDisabled: true });
      deps.loginEvents.publish(userId);
      await waitForHeadline(page, "This account is disabled");
      expect(performance.now() - begun).toBeLessThan(1000);
    }));

  test("that makes a typing person an admin shows in the menu, and the text stays", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const { store, deps, clock } = server.foyer;
      const policy = peoplePolicy(deps.config);
      await open(page, `${server.origin}/spa/content.secret1`);
      await signIn(page, GRACE);
      await waitForStream();
      await page.evaluate(() => {
        const field = document.createElement("input");
        document.querySelector("#content_section h1")?.after(field);
        field.focus();
      });
      await page.keyboard.type("half a sentence");
      await store.addAdmin({ userId: await graceId(), policy }, auditAt(clock.now));
      deps.loginEvents.publish(await graceId());
      await page.waitForSelector("#auth_navbar .menu a[href='/spa/admin']");
      await waitUntilLoaded(page);
      expect(await page.$eval("#content_section input", (field) => field.value)).toBe(
        "half a sentence",
      );
    }));

  test("replaces what somebody else has typed when they sign out in another tab", () =>
    visit({ expected: [REFUSED] }, async ({ page, openTab }) => {
      await openAsAda(page, INVITATIONS);
      await page.type(FIELD, "secret@example.com");
      const other = await openTab();
      await open(other, `${server.origin}/spa`);
      await signOut(other);
      await waitForHeadline(page, "Sign in to open Invitations");
      await signIn(other, GRACE);
      await waitForHeadline(page, "Only admins can open this page");
    }));

  test("does not swallow a click on a link that is under way", () =>
    visit({ expected: [REFUSED] }, async ({ page, openTab }) => {
      await open(page, `${server.origin}/spa/content.secret1`);
      const other = await openTab();
      await open(other, `${server.origin}/spa`);
      const held = Promise.withResolvers<HTTPRequest>();
      await intercept(page, (request) => {
        if (request.url().endsWith("/htmx/content.list")) held.resolve(request);
        else void request.continue();
      });
      await page.bringToFront();
      await page.locator("#auth_navbar a[href='/spa/content.list']").click();
      const request = await held.promise;
      await signIn(other, GRACE);
      await waitForHeadline(page, "Members");
      // In a hidden tab Chromium aborts the transition with an error.
      await page.bringToFront();
      await request.continue();
      await waitForHeadline(page, "Customers");
      expect(new URL(page.url()).pathname).toBe("/spa/content.list");
    }));

  test("of a sign-in leaves a public page as it is, with the rows that were loaded", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa/content.list?shown=40`);
      const place = await page.evaluate(() => {
        document.getElementById("content_section")?.classList.add("never-replaced");
        window.scrollTo(0, 400);
        return scrollY;
      });
      expect(place).toBeGreaterThan(300);
      await signIn(page);
      expect(await page.$$(`.never-replaced ${ROWS}`)).toHaveLength(40);
      expect(await page.evaluate(() => scrollY)).toBe(place);
    }));
});

/** Runs in the page: what a person would lose. */
function describeUse(selector: string) {
  return {
    text: document.querySelector<HTMLInputElement>(selector)?.value,
    focus: document.activeElement?.id,
    selection: String(getSelection()),
    scroll: scrollY,
  };
}
