import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  choose,
  findGoogleButton,
  open,
  openChooser,
  passTime,
  readRefusal,
  readText,
  signIn,
} from "./steps.ts";

const DAY_MS = 86_400_000;

describeInChromium("a page that stays open for a day", ({ visit }) => {
  const server = startForAll(startOwnServer);

  const readNonce = (page: Page) =>
    page.$eval("[data-nonce]", (element) => element.getAttribute("data-nonce") ?? "");

  test("signs in at the first click, as its nonce was refreshed when the person came back", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      const nonce = await readNonce(page);
      // As if the machine had slept.
      server.clock.pass(DAY_MS);
      await passTime(page, DAY_MS);
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await page.waitForSelector(`[data-nonce]:not([data-nonce="${nonce}"])`);
      await signIn(page);
      expect(await readText(page, "#sign_in_message")).toBe("");
    }));

  test("keeps its nonce while that is good", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      const requests: string[] = [];
      page.on("request", (request) => requests.push(new URL(request.url()).pathname));
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await signIn(page);
      expect(requests.slice(0, requests.indexOf("/auth/login"))).not.toContain("/auth/auth_navbar");
    }));

  test("asks for one more click where it could not, and that one signs in", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      const nonce = await readNonce(page);
      server.clock.pass(DAY_MS);
      await choose(await openChooser(page), ADA.email);
      expect(await readRefusal(page)).toBe("This sign-in is too old");
      await page.waitForSelector(`[data-nonce]:not([data-nonce="${nonce}"])`);
      await signIn(page);
      expect(await readText(page, "#sign_in_message")).toBe("");
    }));
});
