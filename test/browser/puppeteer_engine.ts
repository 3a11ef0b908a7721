import type { Browser, Page } from "puppeteer-core";

import { visit } from "./chromium.ts";
import { lookFor, type RunningEngine, type Tab } from "./engine.ts";

/** A browser that Puppeteer drives. */
export function puppeteerEngine(browser: Browser): RunningEngine {
  return {
    visit: (act, { expected = [] } = {}) =>
      visit({ browser, expected }, ({ page, openTab }) =>
        act({ tab: puppeteerTab(page), openTab: async () => puppeteerTab(await openTab()) }),
      ),
    close: () => browser.close(),
  };
}

function puppeteerTab(page: Page): Tab {
  return {
    async open(address) {
      await page.goto(address);
    },
    async reload() {
      await page.reload();
    },
    show: () => page.bringToFront(),
    evaluate: (act, argument) => page.evaluate(act as (argument: unknown) => never, argument),
    click: (selector) => page.locator(selector).click(),
    async clickInFrame(selector, frame) {
      // A frame that is being replaced has no content.
      const content = await lookFor(
        async () => (await page.$(frame))?.contentFrame(),
        `${frame} has no content`,
      );
      // A frame that was drawn just now misses clicks until it feels the pointer.
      await lookFor(async () => {
        await content.hover(selector);
        return await content.$(`${selector}:hover`);
      }, `${selector} in ${frame} does not feel the pointer`);
      await content.click(selector);
    },
    async popup(act) {
      let opened: Page | null = null;
      page.once("popup", (popup) => {
        opened = popup;
      });
      await act();
      return puppeteerTab(await lookFor(async () => opened as Page | null, "No window has opened"));
    },
    isClosed: async () => page.isClosed(),
  };
}
