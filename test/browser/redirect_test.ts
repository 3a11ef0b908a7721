import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE, MALLORY } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  choose,
  clickGoogleButton,
  intercept,
  open,
  openChooser,
  readText,
  signOut,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const IN_THE_ROOM = "Members";
const GOOGLE_LINK = "#auth_navbar .google-link";

/** Chooses somebody on Google's page, and waits until the browser has come back. */
async function chooseHere(page: Page, email: string): Promise<void> {
  await page.waitForSelector(`button[value="${email}"]`);
  await page.click(`button[value="${email}"]`);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

describeInChromium("redirect mode", ({ visit }) => {
  describe.each(["html", "js"])("the %s way", (way) => {
    const server = startForAll(() =>
      startDevServer({ GOOGLE_SIGN_IN: way, GOOGLE_UX_MODE: "redirect" }),
    );

    test("leaves for Google and comes back to the page that the person was on", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}${ROOM}`);
        await clickGoogleButton(page);
        await chooseHere(page, ADA.email);
        await waitForPerson(page, ADA.name);
        await waitForHeadline(page, IN_THE_ROOM);
        expect(pathOf(page)).toBe(ROOM);
      }));

    test("comes back to the page that htmx went on to, and works again after signing out", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await page.locator("#auth_navbar a[href$='content.secret2']").click();
        await waitForHeadline(page, "Sign in to open Library");
        await clickGoogleButton(page);
        await chooseHere(page, GRACE.email);
        await waitForPerson(page, GRACE.name);
        expect(pathOf(page)).toBe("/spa/content.secret2");
        await signOut(page);
        await clickGoogleButton(page);
        await chooseHere(page, ADA.email);
        await waitForPerson(page, ADA.name);
      }));
  });
});

describeInChromium("the way in by a link", ({ visit }) => {
  const server = startForAll(startDevServer);

  test("is offered where Google's script is blocked, and signs in", () =>
    visit({ expected: [REFUSED, /ERR_FAILED/] }, async ({ page }) => {
      await intercept(page, (request) => {
        if (request.url().endsWith("/gsi/client")) void request.abort();
        else void request.continue();
      });
      await open(page, `${server.origin}${ROOM}`);
      await page.waitForSelector(GOOGLE_LINK, { visible: true });
      await page.click(GOOGLE_LINK);
      await chooseHere(page, ADA.email);
      await waitForPerson(page, ADA.name);
      expect(pathOf(page)).toBe(ROOM);
    }));

  test("needs no script at all", () =>
    visit({ expected: [/status of 404/] }, async ({ page }) => {
      await page.setJavaScriptEnabled(false);
      await page.goto(`${server.origin}/auth/google?return=${ROOM}`);
      const press = (selector: string) =>
        Promise.all([page.waitForNavigation(), page.click(selector)]);
      await press(`button[value="${ADA.email}"]`);
      expect(page.url()).toStartWith("http://127.0.0.1");
      await press("noscript button");
      expect(page.url()).toBe(`${server.origin}/auth/callback`);
      await press("form button");
      expect(pathOf(page)).toBe(ROOM);
      // Chromium looks for an icon of its own where a page names none.
      await page.goto(`${server.origin}/auth/is_authenticated`);
      expect(await readText(page, "body")).toBe('{"message":"Authenticated"}');
    }));

  test("refused, leads to the front page after a sign-in by the button in the bar", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await page.goto(`${server.origin}/auth/google`);
      await chooseHere(page, MALLORY.email);
      await waitForHeadline(page, "Verify your email first");
      expect(pathOf(page)).toBe("/auth/callback");
      await choose(await openChooser(page), ADA.email);
      await waitForPerson(page, ADA.name);
      await waitForHeadline(page, "Welcome back, Ada");
      expect(pathOf(page)).toBe("/spa");
    }));

  test("offers to try again after a no", () =>
    visit({ expected: [/status of 400/] }, async ({ page }) => {
      await page.goto(`${server.origin}/auth/google`);
      await page.waitForSelector("button[value=access_denied]");
      await page.click("button[value=access_denied]");
      await page.waitForSelector("main a.button");
      expect(await readText(page, "h1")).toBe("Sign-in did not finish");
      await page.click("main a.button");
      await chooseHere(page, ADA.email);
      await waitForPerson(page, ADA.name);
      expect(pathOf(page)).toBe("/spa");
    }));
});
