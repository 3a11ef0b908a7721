import { beforeAll, expect, test } from "bun:test";

import type { HTTPRequest, HTTPResponse, Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  count,
  findGoogleButton,
  intercept,
  open,
  readMessage,
  readText,
  signIn,
  waitForHeadline,
  waitUntilLoaded,
} from "./steps.ts";

const LIST = "/spa/content.list";
const ROWS = "#customers tbody tr";
const MESSAGE = "#sign_in_message";
const RETRY = `${MESSAGE} button`;
const FAILED = /^error: Failed to load resource: (net::|.* status of 50)/;

describeInChromium("the content", ({ visit }) => {
  const server = startForAll(() => startOwnServer());

  beforeAll(() => server.foyer.store.tables.customers.add(createDemoCustomers(45)));

  const follow = (page: Page, path: string) =>
    page.locator(`#auth_navbar .menu a[href="${path}"]`).click();
  const pathOf = (page: Page) => new URL(page.url()).pathname;
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);

  test("of each menu entry has its address, title and mark, by reload, back and forward", () =>
    visit(async ({ page, openTab }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      const check = async (path: string, headline: string, title: string) => {
        await waitForHeadline(page, headline);
        expect(pathOf(page)).toBe(path);
        await page.waitForFunction(
          (text) =>
            document.querySelector("[aria-current]")?.textContent === text &&
            document.title === `${text} · Foyer`,
          { polling: 30 },
          title,
        );
      };
      const ROOM: Parameters<typeof check> = ["/spa/content.secret1", "Members", "Members"];
      await follow(page, LIST);
      await check(LIST, "Customers", "Customers");
      expect(await focused(page)).toBe("H1");
      await follow(page, ROOM[0]);
      await check(...ROOM);
      expect(await focused(page)).toBe("H1");
      await page.reload();
      await check(...ROOM);
      await page.goBack();
      await check(LIST, "Customers", "Customers");
      await page.goBack();
      await check("/spa", "Welcome back, Ada", "Home");
      await page.goForward();
      await check(LIST, "Customers", "Customers");
      const tab = await openTab();
      await open(tab, page.url());
      await waitForHeadline(tab, "Customers");
    }));

  test("of the list grows by the keyboard alone, and the focus stays", () =>
    visit(async ({ page }) => {
      await open(page, server.origin + LIST);
      expect(await readText(page, "#customers_count")).toBe("Showing 20 of 45");
      const status = await page.$("#customers_count");
      expect(await readText(page, "#load_more")).toBe("Show 20 more");
      await page.focus("#load_more");
      for (const rows of [40, 45]) {
        await page.keyboard.press("Enter");
        await page.waitForFunction(
          (selector, wanted) => document.querySelectorAll(selector).length === wanted,
          { polling: 30 },
          ROWS,
          rows,
        );
        await waitUntilLoaded(page);
        expect(await readText(page, "#customers_count")).toBe(`Showing ${rows} of 45`);
        expect(await page.evaluate(() => document.activeElement?.id)).toBe("load_more");
      }
      expect(await readText(page, "#customers_more")).toBe("You have seen all 45");
      expect(await count(page, "#customers_count")).toBe(1);
      // A live region that is replaced is not heard.
      expect(await status?.evaluate((region) => region.textContent)).toBe("Showing 45 of 45");
    }));

  test("of the list grows after the back button, too", () =>
    visit(async ({ page }) => {
      await open(page, server.origin + LIST);
      await follow(page, "/spa");
      await waitForHeadline(page, "Your team’s pages, in one place");
      await page.goBack();
      await waitForHeadline(page, "Customers");
      expect(await count(page, "#load_more")).toBe(1);
      await page.click("#load_more");
      await page.waitForFunction(
        (selector) => document.querySelectorAll(selector).length === 40,
        { polling: 30 },
        ROWS,
      );
      expect(await readText(page, "#customers_count")).toBe("Showing 40 of 45");
    }));

  test("that cannot be reached says so, and comes at a second try", () =>
    visit({ expected: [FAILED, /TypeError: Failed to fetch/] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      const network = await hold(page, "/htmx/content.list");
      await follow(page, LIST);
      await (await network.next()).abort();
      expect(await readMessage(page)).toContain("We can’t reach Foyer. Check your connection.");
      expect(await readText(page, "#content_section h1")).toBe("Your team’s pages, in one place");
      await page.click(RETRY);
      await (await network.next()).continue();
      await waitForHeadline(page, "Customers");
      expect(await readText(page, MESSAGE)).toBe("");
    }));

  test("that fails to grow says so, keeps its rows, and grows at a second try", () =>
    visit({ expected: [FAILED] }, async ({ page }) => {
      await open(page, server.origin + LIST);
      const network = await hold(page, "/htmx/content.list.tbody");
      await page.click("#load_more");
      await (
        await network.next()
      ).respond({
        status: 503,
        headers: { "X-Answered-By": "application" },
        contentType: "application/problem+json",
        body: JSON.stringify({ detail: "The database does not answer. Please try again soon." }),
      });
      expect(await readMessage(page)).toContain("The database does not answer.");
      expect(await count(page, ROWS)).toBe(20);
      await page.click(RETRY);
      await (await network.next()).continue();
      await page.waitForFunction(
        (selector) => document.querySelectorAll(selector).length === 40,
        { polling: 30 },
        ROWS,
      );
      expect(await readText(page, MESSAGE)).toBe("");
    }));

  test("that takes its time shows that it is under way", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      const network = await hold(page, "/htmx/content.list");
      const progress = () =>
        page.$eval("header", (header) => getComputedStyle(header, "::after").animationName);
      expect(await progress()).toBe("none");
      await follow(page, LIST);
      const request = await network.next();
      expect(await progress()).toBe("progress");
      await request.continue();
      await waitForHeadline(page, "Customers");
      await page.waitForSelector("body:not(:has(.htmx-request))");
      expect(await progress()).toBe("none");
    }));

  test("says that one is offline, and loads nothing afterwards that had not failed", () =>
    visit({ expected: [FAILED, REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      await page.setOfflineMode(true);
      expect(await readMessage(page)).toContain("You are offline.");
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.setOfflineMode(false);
      await page.waitForFunction(
        (selector) => document.querySelector(selector)?.textContent === "",
        { polling: 30 },
        MESSAGE,
      );
      // What `online` causes has begun by then.
      await page.waitForFunction((since) => performance.now() > since + 700, {}, await now(page));
      expect(requests).toEqual([]);
    }));

  test("that failed comes at once when the network or the person comes back", () =>
    visit({ expected: [FAILED, REFUSED, /TypeError: Failed to fetch/] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      const announce = () =>
        page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await page.setOfflineMode(true);
      const failed = new Promise((resolve) => page.once("requestfailed", resolve));
      await announce();
      await failed;
      let begun = performance.now();
      let answer = page.waitForResponse(isNavbar);
      await page.setOfflineMode(false);
      expect((await answer).status()).toBe(200);
      expect(performance.now() - begun).toBeLessThan(2000);
      await waitUntilLoaded(page);

      // Attempts have become rare by the time the person comes back.
      const network = await hold(page, "/auth/auth_navbar");
      await announce();
      for (let attempts = 0; attempts < 3; attempts += 1) await (await network.next()).abort();
      await page.waitForSelector(`${MESSAGE} p`);
      answer = page.waitForResponse(isNavbar);
      begun = performance.now();
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await (await network.next()).continue();
      expect((await answer).status()).toBe(200);
      expect(performance.now() - begun).toBeLessThan(1000);
      await waitUntilLoaded(page);
      expect(await readText(page, MESSAGE)).toBe("");
    }));
});

/** Frames of Google's buttons may still load. */
const isNavbar = (response: HTTPResponse) =>
  response.ok() && new URL(response.url()).pathname === "/auth/auth_navbar";

const now = (page: Page) => page.evaluate(() => performance.now());

/** Holds each request for `path` until the test says what becomes of it. */
async function hold(page: Page, path: string): Promise<{ next(): Promise<HTTPRequest> }> {
  let held = Promise.withResolvers<HTTPRequest>();
  await intercept(page, (request) => {
    if (new URL(request.url()).pathname === path) held.resolve(request);
    else void request.continue();
  });
  return {
    async next() {
      const request = await held.promise;
      held = Promise.withResolvers();
      return request;
    },
  };
}
