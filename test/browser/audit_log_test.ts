import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, auditAt } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { open, pressButton, readText, signIn, waitForHeadline } from "./steps.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describeInChromium("the audit log", ({ visit }) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));

  /** The rows of each group: the heading, then the times. */
  const readGroups = (page: Page) =>
    page.$$eval("main tbody", (bodies) =>
      bodies.map((body) => [...body.querySelectorAll("time")].map((time) => time.textContent)),
    );

  test("is grouped by the reader's days, names their zone, and filters by their days", () =>
    visit(async ({ page }) => {
      await page.emulateTimezone("Asia/Tokyo");
      await page.evaluateOnNewDocument(() => {
        Object.defineProperty(navigator, "languages", { value: ["en-GB"] });
      });
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      // Midnight in Tokyo is 15:00 in UTC.
      const midnight = Date.UTC(2026, 10, 20, 15);
      for (const hours of [-25, -1, 0, 8.5, 9.5]) {
        const at = midnight + hours * HOUR_MS;
        await server.foyer.store.invite(`${hours}@example.com`, auditAt(at));
      }
      await open(page, `${server.origin}/spa/record?kind=invited`);
      expect(await readGroups(page)).toEqual([
        ["21 Nov 2026", "09:30", "08:30", "00:00"],
        ["20 Nov 2026", "23:00"],
        ["19 Nov 2026", "23:00"],
      ]);
      expect(await readText(page, "#events_shown")).toEndWith("Time zone: Asia/Tokyo");
      const titles = await page.$$eval("main tbody:first-of-type time", (times) =>
        times.map(({ title, dateTime }) => [title, dateTime.slice(0, 16)]),
      );
      expect(titles[0]).toEqual(titles[1]);
      expect(titles[1]).toEqual(["2026-11-21 00:30 UTC", "2026-11-21T00:30"]);
      await page.$eval("input#record_since", (input) => {
        input.value = "2026-11-21";
      });
      await page.$eval("input#record_until", (input) => {
        input.value = "2026-11-21";
      });
      await Promise.all([page.waitForNavigation(), pressButton(page, "Apply")]);
      await waitForHeadline(page, "Audit log");
      expect(await readGroups(page)).toEqual([["21 Nov 2026", "09:30", "08:30", "00:00"]]);
      expect(await readText(page, "#events_shown")).toContain("days in Asia/Tokyo");
      expect(new URL(page.url()).searchParams.get("zone")).toBe("Asia/Tokyo");
    }));

  test("says which group is today's and yesterday's", () =>
    visit(async ({ page }) => {
      await page.emulateTimezone("America/New_York");
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      const now = await page.evaluate(() => Date.now());
      for (const days of [2, 1, 0]) {
        const at = now - days * DAY_MS;
        await server.foyer.store.invite(`${days}@example.com`, auditAt(at));
      }
      await open(page, `${server.origin}/spa/record?kind=invited`);
      const [today = [], yesterday = [], other = []] = await readGroups(page);
      expect(today[0]).toStartWith("Today, ");
      expect(yesterday[0]).toStartWith("Yesterday, ");
      expect(other[0]).toMatch(/^\w+ \d/);
    }));
});
