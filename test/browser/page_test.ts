import { beforeAll, describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { readShifts, recordShifts } from "./layout_shifts.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  findGoogleButton,
  open,
  openChooser,
  signIn,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const LIST = "/spa/content.list";
const ROOM = "/spa/content.secret1";
/** Those that show something of Ada's own, who administers. */
const ADMIN = ["/spa/admin", "/spa/admin.people", "/spa/admin.invitations", "/spa/record"];
const OWN = ["/spa/account", ...ADMIN];

describeInChromium("the page", ({ visit }) => {
  const server = startForAll(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));

  beforeAll(() => server.foyer.store.tables.customers.add(createDemoCustomers(45)));

  describe.each([1200, 360])("at a width of %d px", (width) => {
    test("nothing moves while it loads and at sign-in, and nothing is wider than the window", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await page.setViewport({ width, height: 800 });
        await recordShifts(page);
        const checkPages = async () => {
          for (const path of ["/spa", LIST, ROOM, "/spa/content.secret2", ...OWN]) {
            await open(page, server.origin + path);
            await waitForAccount(page);
            expect({ path, shifts: await readShifts(page) }).toEqual({ path, shifts: [] });
            expect(await overflow(page)).toBe(0);
          }
        };
        await checkPages();
        await signIn(page);
        await waitForAccount(page);
        expect(await readShifts(page)).toEqual([]);
        await checkPages();
      }));
  });

  test("the Google button stands in the middle of the navigation bar", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      const [button, bar] = await Promise.all(["google-button iframe", "#auth_navbar"].map(middle));
      expect(Math.abs(Number(button) - Number(bar))).toBeLessThanOrEqual(1);

      async function middle(selector: string): Promise<number> {
        return await page.$eval(selector, (element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return (top + bottom) / 2;
        });
      }
    }));

  test("a long name and address fit into a small window", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await page.setViewport({ width: 320, height: 800 });
      await open(page, server.origin + ROOM);
      const chooser = await openChooser(page);
      await chooser.type(
        ".other input[name='email']",
        `${"a".repeat(60)}@${"b".repeat(60)}.example`,
      );
      await chooser.type(".other input[name='name']", "W".repeat(60));
      await chooser.keyboard.press("Enter");
      await waitForPerson(page, "W".repeat(60));
      await waitForHeadline(page, "Members");
      expect(await overflow(page)).toBe(0);
      expect(await isWithinWindow(page, "#auth_navbar .account > button")).toBe(true);
    }));

  test("the keyboard alone is enough", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      await open(page, `${server.origin}/spa`);
      await waitForPerson(page, ADA.name);

      await page.keyboard.press("Tab");
      expect(await focusedText(page)).toBe("Skip to content");
      expect(await page.$eval(".skip", (link) => link.getBoundingClientRect().top >= 0)).toBe(true);
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("content_section");

      await open(page, `${server.origin}/spa`);
      await waitForPerson(page, ADA.name);
      await tabTo(page, "Members");
      await page.keyboard.press("Enter");
      await waitForHeadline(page, "Members");

      // The name comes behind what is only heard, and the menu behind its button.
      await tabTo(page, `Your account:${ADA.name}`);
      await page.keyboard.press("Enter");
      await tabTo(page, "Sign out");
      await page.keyboard.press("Enter");
      await waitForHeadline(page, "You are signed out");
      await findGoogleButton(page);
    }));
});

/** By how many pixels the page is wider than the window. */
async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function isWithinWindow(page: Page, selector: string): Promise<boolean> {
  return await page.$eval(selector, (element) => {
    const { left, right } = element.getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
  });
}

/** Waits for the last that comes into the navigation bar: the picture or Google's button. */
async function waitForAccount(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const picture = document.querySelector<HTMLImageElement>("#auth_navbar img.portrait");
    const button = document.querySelector<HTMLIFrameElement>("google-button iframe");
    return picture?.naturalWidth || (button && button.offsetWidth > 30);
  });
}

async function focusedText(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
}

async function tabTo(page: Page, text: string): Promise<void> {
  const passed: string[] = [];
  while (passed.at(-1) !== text) {
    if (passed.length > 20) throw new Error(`Tab does not reach ${text}: ${passed.join(", ")}`);
    await page.keyboard.press("Tab");
    passed.push(await focusedText(page));
  }
}
