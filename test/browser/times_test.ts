import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { open } from "./steps.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What the server writes: exact, and right without script. */
const UTC = "25 Nov 2026, 18:47 UTC";

describeInChromium("a time on the page", ({ visit }) => {
  const server = startForAll(startOwnServer);

  /** How the page writes a time of this kind, in Tokyo, at `now`. */
  async function write(page: Page, kind: string, { at, now }: { at: number; now: number }) {
    return await page.evaluate(
      (time, from, utc) => {
        Date.now = () => from;
        const element = document.createElement("time");
        Object.assign(element, { dateTime: new Date(time.at).toISOString(), textContent: utc });
        element.dataset.time = time.kind;
        document.body.append(element);
        document.dispatchEvent(new Event("visibilitychange"));
        const text = element.textContent ?? "";
        element.remove();
        return text;
      },
      { kind, at },
      now,
      UTC,
    );
  }

  // Noon in Tokyo.
  const NOW = Date.UTC(2026, 10, 26, 3, 0);
  const ROWS: [kind: string, ms: number, text: string][] = [
    ["ago", 0, "now"],
    ["ago", -59_000, "now"],
    ["ago", 30_000, "now"],
    ["ago", -61_000, "1 minute ago"],
    ["active", -119_000, "now"],
    ["active", -2 * MINUTE_MS, "2 minutes ago"],
    ["ago", -59 * MINUTE_MS, "59 minutes ago"],
    ["ago", -23.9 * HOUR_MS, "23 hours ago"],
    ["ago", -24 * HOUR_MS, "yesterday"],
    ["ago", -35 * HOUR_MS, "yesterday"],
    // It is the day before yesterday where the reader is.
    ["ago", -37 * HOUR_MS, "2 days ago"],
    // The reader's clock is slow.
    ["ago", 59 * MINUTE_MS, "now"],
    ["ago", 2 * DAY_MS, "28 Nov 2026, 12:00"],
    ["ago", -7 * DAY_MS, "19 Nov 2026, 12:00"],
    ["minute", 0, "26 Nov 2026, 12:00"],
    ["minute", -12.5 * HOUR_MS, "25 Nov 2026, 23:30"],
    // In UTC it is still the day before.
    ["day", -10 * HOUR_MS, "26 Nov 2026"],
    ["day", 0, "26 Nov 2026"],
    // A date of the calendar is not the reader's, but everybody's.
    ["date", -10 * HOUR_MS, "25 Nov 2026"],
    ["ago", -NOW - 8.64e15, "20 Apr 271822, 09:18"],
    ["ago", 8.64e15 - NOW, "13 Sept 275760, 09:00"],
    ["something new", 0, UTC],
  ];

  test("is the reader's: relative within a week, in their zone and their kind of the language", () =>
    visit(async ({ page }) => {
      await page.emulateTimezone("Asia/Tokyo");
      await page.evaluateOnNewDocument(() => {
        Object.defineProperty(navigator, "languages", { value: ["de-DE", "en-GB"] });
      });
      await open(page, `${server.origin}/spa`);
      const written = [];
      for (const [kind, ms] of ROWS)
        written.push([kind, ms, await write(page, kind, { at: NOW + ms, now: NOW })]);
      expect(written).toEqual(ROWS);
    }));

  const LANGUAGES: [page: string, reader: string[], ago: string, minute: string][] = [
    ["en", ["de-DE"], "3 hours ago", "Nov 26, 2026, 12:00 PM"],
    ["en", ["de-DE", "en-GB"], "3 hours ago", "26 Nov 2026, 12:00"],
    ["de", ["en-GB"], "vor 3 Stunden", "26.11.2026, 12:00"],
    ["de", ["en-GB", "de-AT"], "vor 3 Stunden", "26.11.2026, 12:00"],
    ["de", ["deu-x", "den", "de_DE"], "vor 3 Stunden", "26.11.2026, 12:00"],
    // Chromium without a locale.
    ["en", ["en-US@posix"], "3 hours ago", "Nov 26, 2026, 12:00 PM"],
  ];
  for (const [lang, languages, ago, minute] of LANGUAGES) {
    test(`is in the page's language, as the words around it: ${lang} for ${languages}`, () =>
      visit(async ({ page }) => {
        await page.emulateTimezone("Asia/Tokyo");
        await page.evaluateOnNewDocument((value) => {
          Object.defineProperty(navigator, "languages", { value });
        }, languages);
        await open(page, `${server.origin}/spa`);
        await page.evaluate((value) => (document.documentElement.lang = value), lang);
        expect(await write(page, "ago", { at: NOW - 3 * HOUR_MS, now: NOW })).toBe(ago);
        expect(await write(page, "minute", { at: NOW, now: NOW })).toBe(minute);
      }));
  }
});
