import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import { waitForFrames, waitForHeadline } from "../steps.ts";
import { drawState } from "./draw_state.ts";
import { findUnseen } from "./painted.ts";
import { startScene } from "./scene.ts";
import { EXPECTED, WIDE } from "./state.ts";
import { STATES } from "./states.ts";

/** Those with most of the icons, controls and marks. */
const LOOKED_AT = [
  "front",
  "unreachable",
  "account",
  "account_menu",
  "admin_overview",
  "admin_people",
];
const SCHEMES = ["light", "dark"] as const;

describeInChromium("what a person prefers", ({ visit }) => {
  const server = startForAll(startScene);
  const states = Object.values(STATES).flat();

  for (const name of LOOKED_AT) {
    test(`all of ${name} is seen, in light, dark and forced colors`, () =>
      visit({ expected: EXPECTED }, async ({ page, openTab }) => {
        const state = states.find((one) => one.name === name);
        if (!state) throw new Error(`There is no state ${name}`);
        const canvas = await openTab();
        await page.bringToFront();
        await drawState({ page, server }, { state, look: { ...WIDE, scheme: "light" } });
        const unseen: Record<string, string[]> = {};
        for (const scheme of SCHEMES) {
          for (const forced of ["none", "active"]) {
            await prefer(page, { "prefers-color-scheme": scheme, "forced-colors": forced });
            const found = await findUnseen(page, canvas);
            if (found.length > 0) unseen[`${scheme}, forced ${forced}`] = found;
          }
        }
        expect(unseen).toEqual({});
      }));
  }

  test("forced colors are used, and the two series of the chart differ in them", () =>
    visit(async ({ page }) => {
      const state = states.find(({ name }) => name === "admin_overview");
      if (!state) throw new Error("There is no overview");
      await drawState({ page, server }, { state, look: { ...WIDE, scheme: "light" } });
      await prefer(page, { "forced-colors": "active" });
      const [text, bars, hatched] = await page.evaluate(() => {
        const style = (selector: string) =>
          getComputedStyle(document.querySelector(selector) ?? document.body);
        return [style("h1").color, style(".sign-ins").fill, style(".blocked").fill];
      });
      expect(bars).toBe(text ?? "");
      expect(hatched).toContain("#hatch");
    }));

  test.each([
    ["reduce", false],
    ["no-preference", true],
  ])("with motion set to %s, a page that opens moves: %p", (motion, isMoving) =>
    visit(async ({ page }) => {
      const state = states.find(({ name }) => name === "front_signed_in");
      if (!state) throw new Error("There is no front page");
      await drawState({ page, server }, { state, look: { ...WIDE, scheme: "light" } });
      await prefer(page, { "prefers-reduced-motion": motion });
      const longest = page.evaluate(watchMotion);
      await page.locator('#menu a[href="/spa/content.secret2"]').click();
      await waitForHeadline(page, "Library");
      await page.evaluate(() => document.dispatchEvent(new Event("watched")));
      expect((await longest) > 10).toBe(isMoving);
    }),
  );
});

/** Sets what a person prefers, past what puppeteer knows. */
async function prefer(page: Page, preferences: Record<string, string>): Promise<void> {
  const session = await page.createCDPSession();
  const features = Object.entries(preferences).map(([name, value]) => ({ name, value }));
  // It is in effect for as long as the session is.
  await session.send("Emulation.setEmulatedMedia", { features });
  // Behind another page it would have no frames.
  await page.bringToFront();
  await waitForFrames(page);
}

/** Runs in the page: the length of the longest animation until it is told to stop, in milliseconds. */
function watchMotion(): Promise<number> {
  return new Promise((resolve) => {
    let [longest, isOver] = [0, false];
    document.addEventListener("watched", () => {
      isOver = true;
    });
    function look() {
      for (const { effect } of document.getAnimations()) {
        longest = Math.max(longest, Number(effect?.getComputedTiming().duration));
      }
      if (isOver) resolve(longest);
      else requestAnimationFrame(look);
    }
    look();
  });
}
