import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import { readTree, treeFile } from "./accessibility_tree.ts";
import { drawState, setLook } from "./draw_state.ts";
import { findMisfits, findReflow } from "./fit.ts";
import { startScene } from "./scene.ts";
import { EXPECTED, SMALL, type State, WIDE } from "./state.ts";
import { STATES } from "./states.ts";
import { findBadStops } from "./tab_stops.ts";
import { findViolations } from "./violations.ts";

/** Tests every state of a group in a wide and in a small window. */
export function describeStates(group: keyof typeof STATES): void {
  describeInChromium(`every state: ${group}`, ({ visit }) => {
    const server = startForAll(startScene);

    /** Runs `check` on the page in that state: whatever it finds is a fault. */
    function find(state: State, size: typeof WIDE, check: (page: Page) => Promise<string[]>) {
      return visit({ expected: EXPECTED }, async ({ page }) => {
        await drawState({ page, server }, { state, look: { ...size, scheme: "light" } });
        expect(await check(page)).toEqual([]);
      });
    }

    for (const state of STATES[group] ?? []) {
      test(`${state.name} is said as it was, and is good in a wide window`, () =>
        find(state, WIDE, async (page) => {
          expect(await readTree(page)).toBe(await Bun.file(treeFile(state.name)).text());
          return [
            ...(await findViolationsInBothSchemes(page, WIDE)),
            ...(await findMoving(page)),
            ...(await findMissingRegions(page, state)),
            ...(await findLowStops(page, { isBackwards: true })),
            ...(await findReflow(page, state)),
          ];
        }));

      test(`${state.name} is good in a small window`, () =>
        find(state, SMALL, async (page) => [
          ...(await findViolationsInBothSchemes(page, SMALL)),
          ...(await findLowStops(page, {})),
          ...(await findMisfits(page, state)),
        ]));
    }
  });
}

async function findViolationsInBothSchemes(page: Page, size: typeof WIDE): Promise<string[]> {
  const light = await findViolations(page);
  await setLook(page, { ...size, scheme: "dark" });
  const dark = await findViolations(page, { isOnlyColor: true });
  await setLook(page, { ...size, scheme: "light" });
  return [...light, ...dark.map((violation) => `dark: ${violation}`)];
}

/** In a window so low that the header and messages take much of it. */
async function findLowStops(page: Page, order: { isBackwards?: boolean }): Promise<string[]> {
  const { width } = page.viewport() ?? WIDE;
  await page.setViewport({ width, height: 400 });
  return await findBadStops(page, order);
}

/** What moves though the person wants less of it. */
function findMoving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document.getAnimations().map((animation) => `2.3.3 moves: ${JSON.stringify(animation.effect)}`),
  );
}

/** The two places where messages are announced. */
async function findMissingRegions(page: Page, { isBare }: State): Promise<string[]> {
  const roles = await page.$$eval("#sign_in_message > [role]", (all) =>
    all.map(({ role }) => role),
  );
  return isBare || String(roles) === "status,alert" ? [] : [`4.1.3 regions: ${roles}`];
}
