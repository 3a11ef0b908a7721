import { expect, test } from "bun:test";

import type { HTTPRequest, Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  count,
  intercept,
  open,
  passTime,
  readText,
  signIn,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const WARNING = "[role=alert] > .message.idle";
const POLLING = { polling: 30 };
const NETWORK = /^error: Failed to load resource: net::/;
const REMINDER = "You will be signed out in 20 seconds";

describeInChromium("the warning before idling ends a session", ({ visit }) => {
  const server = startForEach(startOwnServer);

  async function openAsAda(page: Page): Promise<void> {
    await open(page, `${server.origin}/spa`);
    await signIn(page);
    await open(page, server.origin + ROOM);
    await waitForPerson(page, ADA.name);
  }

  /** Lets the server's time pass, and has the page ask how much is left, as an event does. */
  async function idle(page: Page, seconds: number): Promise<void> {
    server.clock.pass(seconds * 1000);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
  }

  const waitForWarning = (page: Page) => page.waitForSelector(WARNING);
  const waitForNone = (page: Page) =>
    page.waitForFunction((one) => !document.querySelector(one), POLLING, WARNING);
  const waitForClock = (page: Page, pattern: string) =>
    page.waitForFunction(
      (one, wanted) =>
        new RegExp(wanted).test(document.querySelector(`${one} [role=timer]`)?.textContent ?? ""),
      POLLING,
      WARNING,
      pattern,
    );

  /** Waits for the answer to what the page has reported: somebody is there. */
  async function waitForWord(page: Page): Promise<Record<string, string>> {
    const answer = await page.waitForResponse((one) => {
      const request = one.request();
      return request.method() === "HEAD" && !request.headers()["x-background"];
    });
    return answer.headers();
  }

  test("counts down and says so twice; the button keeps the session", () =>
    visit(async ({ page }) => {
      await openAsAda(page);
      expect(await count(page, WARNING)).toBe(0);
      await idle(page, 538);
      expect(await count(page, WARNING)).toBe(0);
      await idle(page, 2);
      await waitForWarning(page);
      await waitForClock(page, "^(1:00|0:5\\d)$");
      expect(await readText(page, `${WARNING} p`)).toContain("You will be signed out in");
      expect(await readText(page, `${WARNING} p`)).toContain("not been active for 9 minutes.");
      expect(await page.$eval(`${WARNING} [role=timer]`, (timer) => timer.ariaLive)).toBe("off");
      expect(await readText(page, `${WARNING} .hear`)).toBe("");

      await idle(page, 40);
      await waitForClock(page, "^0:(20|1\\d)$");
      expect(await readText(page, `${WARNING} .hear`)).toBe(REMINDER);
      await idle(page, 5);
      await waitForClock(page, "^0:1[0-5]$");
      expect(await readText(page, `${WARNING} .hear`)).toBe(REMINDER);

      const told = waitForWord(page);
      await page.locator(`${WARNING} button`).click();
      expect((await told)["x-signed-out-in"]).toBe("600");
      await waitForNone(page);
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
      server.clock.pass(590_000);
      expect(await page.evaluate(async () => (await fetch("/auth/is_authenticated")).status)).toBe(
        200,
      );
    }));

  test("comes by itself, at four fifths of a short idle time; then the page says why it is over", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const short = await startOwnServer({ SESSION_MAX_AGE: "5" });
      const ticking = setInterval(() => short.clock.pass(100), 100);
      try {
        await open(page, short.origin + ROOM);
        await signIn(page);
        const begun = performance.now();
        await waitForWarning(page);
        expect(performance.now() - begun).toBeGreaterThan(2000);
        await waitForHeadline(page, "You are signed out");
        expect(await readText(page, "main .card")).toContain("You were not active for 5 seconds");
        await waitForNone(page);
      } finally {
        clearInterval(ticking);
        await short.stop();
      }
    }));

  test("asks the server first: another tab or a page without script has kept the session", () =>
    visit(async ({ page }) => {
      await openAsAda(page);
      await idle(page, 550);
      await waitForWarning(page);
      // No script of ours, and no other tab that could tell this one.
      await page.evaluate(() => fetch("/plain/content.secret1"));
      await waitForNone(page);
      server.clock.pass(590_000);
      expect(await page.evaluate(async () => (await fetch("/auth/is_authenticated")).status)).toBe(
        200,
      );
    }));

  const ACTS: [what: string, (page: Page) => Promise<void>][] = [
    ["a key", (page) => page.keyboard.press("Shift")],
    ["a click", (page) => page.mouse.click(5, 400)],
    ["the wheel", (page) => page.mouse.wheel({ deltaY: 10 })],
  ];
  for (const [what, act] of ACTS) {
    test(`goes with ${what}, and moves no focus`, () =>
      visit(async ({ page }) => {
        await openAsAda(page);
        await idle(page, 550);
        await waitForWarning(page);
        await page.focus("#auth_navbar .person");
        const told = waitForWord(page);
        await act(page);
        expect((await told)["x-signed-out-in"]).toBe("600");
        await waitForNone(page);
        if (what !== "a click") {
          expect(await page.$eval("#auth_navbar .person", (one) => one.matches(":focus"))).toBe(
            true,
          );
        }
      }));
  }

  test("stands in the tab that was looked at last, and only there", () =>
    visit(async ({ page, openTab }) => {
      await openAsAda(page);
      const second = await openTab();
      await open(second, server.origin + ROOM);
      await waitForPerson(second, ADA.name);
      await idle(page, 550);
      await idle(second, 0);
      await waitForWarning(second);
      expect(await count(page, WARNING)).toBe(0);
      await page.bringToFront();
      await waitForWarning(page);
      await waitForNone(second);
      const told = waitForWord(page);
      await page.keyboard.press("Shift");
      await told;
      await waitForNone(page);
      await second.bringToFront();
      await idle(second, 0);
      await waitForPerson(second, ADA.name);
      expect(await count(second, WARNING)).toBe(0);
    }));

  test("replaces no other message and no open page, and none replaces it", () =>
    visit({ expected: [/status of 404/] }, async ({ page }) => {
      await openAsAda(page);
      await page.evaluate(() => {
        const field = Object.assign(document.createElement("input"), { id: "typed" });
        document.querySelector("#content_section")?.append(field);
      });
      await page.type("#typed", "not saved");
      await idle(page, 550);
      await waitForWarning(page);
      await page.evaluate(() => {
        const event = new CustomEvent("PageMessage", { detail: { text: "Somebody came" } });
        document.dispatchEvent(event);
      });
      expect(await readText(page, "[role=status] > .message p")).toBe("Somebody came");
      expect(await count(page, WARNING)).toBe(1);
      expect(await page.$eval("#typed", (one) => (one as HTMLInputElement).value)).toBe(
        "not saved",
      );
    }));

  test("waits while the server does not answer, signs nobody out, and keeps what was wanted", () =>
    visit({ expected: [NETWORK] }, async ({ page }) => {
      await openAsAda(page);
      await idle(page, 550);
      await waitForWarning(page);
      let isCut = true;
      await intercept(page, (request: HTTPRequest) => {
        void (isCut && request.method() === "HEAD" ? request.abort() : request.continue());
      });
      await page.locator(`${WARNING} button`).click();
      await page.waitForSelector("[role=status] > .message");
      expect(await readText(page, "h1")).toBe("Members");
      expect(await count(page, WARNING)).toBe(1);
      isCut = false;
      await waitForNone(page);
      expect(await count(page, ".message")).toBe(0);
      server.clock.pass(590_000);
      expect(await page.evaluate(async () => (await fetch("/auth/is_authenticated")).status)).toBe(
        200,
      );
    }));

  const JUMPS: [what: string, ms: number][] = [
    ["an hour on", 3_600_000],
    ["an hour back", -3_600_000],
    ["to the beginning of all clocks", -Date.now()],
  ];
  for (const [what, ms] of JUMPS) {
    test(`counts on when the machine's clock is set ${what}, and keys still keep the session`, () =>
      visit(async ({ page }) => {
        await openAsAda(page);
        await idle(page, 550);
        await waitForWarning(page);
        await passTime(page, ms);
        await waitForClock(page, "^0:4\\d$");
        const told = waitForWord(page);
        await page.keyboard.press("Shift");
        expect((await told)["x-signed-out-in"]).toBe("600");
        await waitForNone(page);
      }));
  }

  test("floods no server with what a hundred keys say, and steals no focus", () =>
    visit(async ({ page }) => {
      await openAsAda(page);
      await idle(page, 550);
      await waitForWarning(page);
      const held: HTTPRequest[] = [];
      await intercept(page, (request: HTTPRequest) => {
        if (request.method() === "HEAD") held.push(request);
        else void request.continue();
      });
      await page.focus("#auth_navbar .brand");
      for (let times = 0; times < 100; times += 1) await page.keyboard.press("Shift");
      const kept = () => held.filter((request) => !request.headers()["x-background"]);
      // What the browser asks is told a little later.
      while (kept().length === 0) await Bun.sleep(20);
      expect(kept()).toHaveLength(1);
      for (const request of held) await request.continue();
      await page.setRequestInterception(false);
      await waitForNone(page);
      expect(await page.$eval("#auth_navbar .brand", (one) => one.matches(":focus"))).toBe(true);
    }));

  const ANSWERS: [what: string, status: number, headers: Record<string, string>][] = [
    ["a proxy's page", 200, {}],
    ["a proxy's page that names seconds", 200, { "x-signed-out-in": "3" }],
    ["an error", 502, { "x-answered-by": "application", "x-signed-out-in": "3" }],
    ["minus one", 200, { "x-answered-by": "application", "x-signed-out-in": "-1" }],
    ["nothing that is a number", 200, { "x-answered-by": "application", "x-signed-out-in": "3s" }],
    ["endless seconds", 200, { "x-answered-by": "application", "x-signed-out-in": "9".repeat(40) }],
    ["a day", 200, { "x-answered-by": "application", "x-signed-out-in": "999999999" }],
  ];
  for (const [what, status, headers] of ANSWERS) {
    test(`takes ${what} for no reason to sign out, and floods nobody`, () =>
      visit({ expected: [/status of 502/] }, async ({ page }) => {
        await openAsAda(page);
        const viewer = await page.evaluate(
          async () => (await fetch("/auth/is_authenticated")).headers.get("x-answered-for") ?? "",
        );
        let asked = 0;
        await intercept(page, (request: HTTPRequest) => {
          if (request.method() !== "HEAD") return void request.continue();
          asked += 1;
          void request.respond({ status, headers: { ...headers, "x-answered-for": viewer } });
        });
        await passTime(page, 600_000);
        for (let times = 0; times < 3; times += 1) {
          const told = waitForWord(page);
          await passTime(page, 600_000);
          await page.keyboard.press("Shift");
          await told;
        }
        expect(asked).toBe(3);
        expect(await readText(page, "h1")).toBe("Members");
        expect(await count(page, WARNING)).toBe(0);
      }));
  }
});
