import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { type ProxiedServer, startBehindProxy } from "./proxy.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  count,
  findGoogleButton,
  open,
  readMessage,
  readText,
  signIn,
  waitForHeadline,
} from "./steps.ts";

const MESSAGES = "#sign_in_message";
const CLOSE = `${MESSAGES} button[aria-label="Close message"]`;
const AGAIN = `${MESSAGES} button:not([aria-label])`;
const FAILED = [/^error: Failed to load resource/, /^error: htmx/];

describeInChromium("a message", ({ visit }) => {
  const server: ProxiedServer = startForEach(() => startBehindProxy({ ADMIN_EMAILS: ADA.email }));

  const clickMissing = async (page: Page) => {
    await open(page, `${server.origin}/spa`);
    await findGoogleButton(page);
    server.fail("502 with a page");
    // In a small window the menu is closed.
    await page.$eval("#auth_navbar .menu a[href='/spa/content.list']", (link) => link.click());
    return await readMessage(page);
  };

  test("stands in a region that is never replaced, and interrupts only for an act of the person", () =>
    visit({ expected: FAILED }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await page.$eval(MESSAGES, (element) => element.classList.add("never-replaced"));
      server.fail("502 with a page");
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await readMessage(page);
      expect(await readText(page, `${MESSAGES} [role=status]`)).toContain("We can’t reach Foyer.");
      expect(await readText(page, `${MESSAGES} [role=alert]`)).toBe("");
      await page.locator("#auth_navbar .menu a[href='/spa/content.list']").click();
      await page.waitForSelector(`${MESSAGES} [role=alert] p`);
      server.heal();
      await page.locator(`${MESSAGES} [role=alert] ${AGAIN.split(" ")[1]}`).click();
      await waitForHeadline(page, "Customers");
      await page.goBack();
      await waitForHeadline(page, "Your team’s pages, in one place");
      expect(await count(page, `${MESSAGES}.never-replaced > [role]`)).toBe(2);
    }));

  test("can be closed by a button with a name, and by the keyboard", () =>
    visit({ expected: FAILED }, async ({ page }) => {
      expect(await clickMissing(page)).toStartWith("We can’t reach Foyer. Check your connection.");
      expect(await count(page, CLOSE)).toBe(1);
      await page.focus(CLOSE);
      await page.keyboard.press("Enter");
      expect(await readText(page, MESSAGES)).toBe("");
      expect(await readText(page, "#content_section h1")).toBe("Your team’s pages, in one place");
    }));

  test("of a failed part that was closed does not come back with each new attempt", () =>
    visit({ expected: FAILED }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      server.fail("502 with a page");
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await readMessage(page);
      await page.click(CLOSE);
      const asked = server.requests.length;
      while (server.requests.length < asked + 2) {
        await page.waitForResponse((answer) => answer.url().endsWith("/auth/auth_navbar"));
      }
      expect(await readText(page, MESSAGES)).toBe("");
    }));

  describe.each([1200, 320])("at a width of %d px", (width) => {
    test("covers neither the heading nor the navigation bar, and fits", () =>
      visit({ expected: FAILED }, async ({ page }) => {
        await page.setViewport({ width, height: 640 });
        await clickMissing(page);
        const overlaps = await page.evaluate((selector) => {
          const box = (name: string) => document.querySelector(name)?.getBoundingClientRect();
          const message = box(selector);
          if (!message || message.left < 0 || message.right > innerWidth) return ["the window"];
          return ["#content_section h1", "#auth_navbar"].filter((name) => {
            const other = box(name);
            return other && message.top < other.bottom && message.bottom > other.top;
          });
        }, `${MESSAGES} .message`);
        expect(overlaps).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }));
  });

  test("offers to try again only where that can help", () =>
    visit({ expected: FAILED }, async ({ page }) => {
      await open(page, `${server.origin}/spa/account`);
      await signIn(page);
      await waitForHeadline(page, "Your account");
      const other = new RemoteVisitor(server.origin);
      await other.signIn(server.google);
      const row = "#content_section li[id^=session_]:not(:has(.badge)) button";
      await page.waitForSelector(row);
      // The device is signed out by itself, and the page does not hear of it.
      await page.evaluate((selector) => {
        document.querySelector(selector)?.setAttribute("hx-delete", "/account/sessions/gone");
      }, row);
      await page.click(row);
      expect(await readMessage(page)).toContain("already signed out");
      expect([await count(page, AGAIN), await count(page, CLOSE)]).toEqual([0, 1]);
      // The list shows what is there now.
      await page.waitForSelector(`${row}:not([hx-delete$="gone"])`);
      expect(await readMessage(page)).toContain("already signed out");
      await page.click(CLOSE);

      server.foyer.store.close();
      await page.click(row);
      expect(await readMessage(page)).toContain("We can’t load this right now.");
      expect([await count(page, AGAIN), await count(page, CLOSE)]).toEqual([1, 1]);
    }));
});
