import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { open, openAccountMenu, signIn } from "./steps.ts";

const WIDTHS = [1280, 360];

describeInChromium("a page whose text runs to the left", ({ visit }) => {
  const server = startForAll(startOwnServer);

  test("is its own mirror image: bar, menu, rows and icons", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: 740 });
        await open(page, `${server.origin}/spa/account`);
        await openAccountMenu(page);
        const there = await measure(page);
        await page.evaluate(() => (document.documentElement.dir = "rtl"));
        const mirrored = await measure(page);
        for (const [index, { start, end }] of there.entries()) {
          const box = mirrored[index];
          expect(box?.start).toBeCloseTo(width - end, 0);
          expect(box?.end).toBeCloseTo(width - start, 0);
        }
        const icon = "#account_menu [hx-post] svg";
        expect(await page.$eval(icon, (svg) => getComputedStyle(svg).scale)).toBe("-1 1");
      }
    }));
});

/** Where boxes lie that have the same width in both directions. */
async function measure(page: Page): Promise<{ start: number; end: number }[]> {
  const boxes = [
    "nav .brand",
    "[popovertarget=account_menu]",
    "#account_menu",
    "main .rows button",
  ];
  return await page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return { start: box?.left ?? -1, end: box?.right ?? -1 };
      }),
    boxes,
  );
}
