import { expect, test } from "bun:test";

import { type Page, PredefinedNetworkConditions } from "puppeteer-core";

import { describeInChromium } from "./describe_in_chromium.ts";
import { readShifts, recordShifts } from "./layout_shifts.ts";
import { startForAll } from "./start_for_tests.ts";
import { drawState } from "./states/draw_state.ts";
import { startScene } from "./states/scene.ts";
import { WIDE } from "./states/state.ts";
import { STATES } from "./states/states.ts";

/** Each answer takes two seconds: the page, and then its stylesheet. In milliseconds. */
const SLOW = PredefinedNetworkConditions["Slow 3G"];
const LATENCY = 2000;
const LONGEST = 3 * LATENCY;
/** What counts as good is 0.1. @see https://web.dev/articles/cls */
const MOST_SHIFT = 0.02;

describeInChromium("on a slow network", ({ visit }) => {
  const server = startForAll(startScene);

  /** Opens a page slowly until something is painted, and then a little faster; answers with when that was. */
  async function draw(page: Page, name: string): Promise<number> {
    const state = Object.values(STATES)
      .flat()
      .find((one) => one.name === name);
    if (!state) throw new Error(`There is no state ${name}`);
    await page.emulateNetworkConditions(SLOW);
    await recordShifts(page);
    const drawn = drawState({ page, server }, { state, look: { ...WIDE, scheme: "light" } });
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      { polling: 100 },
    );
    await page.emulateNetworkConditions(PredefinedNetworkConditions["Fast 3G"]);
    await drawn;
    return Number(await paint.jsonValue());
  }

  async function sumShifts(page: Page): Promise<number> {
    const shifts = await readShifts(page);
    return shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0);
  }

  test("a visitor reads text with the first paint, after two answers, and nothing moves then", () =>
    visit(async ({ page }) => {
      const first = await draw(page, "front");
      expect(first).toBeGreaterThan(LATENCY);
      expect(first).toBeLessThan(LONGEST);
      expect(await readFirstText(page)).toBe(first);
      expect(await sumShifts(page)).toBeLessThanOrEqual(MOST_SHIFT);
    }));

  test("nothing moves while parts come for a person who is signed in", () =>
    visit(async ({ page }) => {
      expect(await draw(page, "front_signed_in")).toBeLessThan(LONGEST);
      expect(await sumShifts(page)).toBeLessThanOrEqual(MOST_SHIFT);
    }));
});

/** When the first text of some length was painted, in milliseconds. */
async function readFirstText(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const entries = await new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
      observer.observe({ type: "largest-contentful-paint", buffered: true });
    });
    const paints = entries as (PerformanceEntry & { element: Element | null })[];
    return paints.find(({ element }) => element?.textContent?.trim())?.startTime ?? 0;
  });
}
