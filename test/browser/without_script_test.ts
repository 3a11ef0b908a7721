import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { Browser, Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { ADA } from "../fixture.ts";
import { chromiumPath, launchChromium, REFUSED, visit } from "./chromium.ts";
import { firefoxPath, launchFirefox } from "./firefox.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";

setDefaultTimeout(60_000);

const ROOM = "/spa/content.secret1";

/** Browsers in which pages run no script, but the test does. */
const BROWSERS: {
  name: string;
  isInstalled: boolean;
  launch(): Promise<Browser>;
  prepare(page: Page): Promise<void>;
}[] = [
  {
    name: "Chromium",
    isInstalled: chromiumPath !== null,
    launch: launchChromium,
    prepare: (page) => page.setJavaScriptEnabled(false),
  },
  {
    name: "Firefox",
    isInstalled: firefoxPath !== null,
    launch: () => launchFirefox({ preferences: { "javascript.enabled": false } }),
    prepare: async () => {},
  },
];

for (const { name, isInstalled, launch, prepare } of BROWSERS) {
  describe.skipIf(!isInstalled)(`without script, in ${name}`, () => {
    const server = startForAll(startOwnServer);
    let browser: Browser;

    beforeAll(async () => {
      await server.foyer.store.tables.customers.add(createDemoCustomers(45));
      browser = await launch();
    });

    afterAll(() => browser?.close());

    test("people go from the front page to a members' page and out again", () =>
      visit({ browser, expected: [REFUSED, /status of 401/] }, async ({ page }) => {
        await prepare(page);
        const click = async (selector: string) => {
          const { x, y } = await placeOf(page, selector);
          await Promise.all([page.waitForNavigation(), page.mouse.click(x, y)]);
        };
        const path = () => new URL(page.url()).pathname;
        await page.goto(`${server.origin}/spa`);
        expect(await textOf(page, "h1")).toBe("Your team’s pages, in one place");
        await page.goto(server.origin + ROOM);
        // One page, not an empty one beside it.
        expect(await placeOf(page, "#content_section")).toEqual({ x: 0, y: 0 });
        await click("noscript a");
        expect(path()).toBe("/plain/content.secret1");
        expect(await textOf(page, "h1")).toBe("Sign in to open Members");

        await click("google-slot a");
        await click(`button[value="${ADA.email}"]`);
        // Google's form, and ours behind it, are posted by hand.
        for (let forms = 0; forms < 2; forms += 1) await click("form button");
        expect(path()).toBe("/plain/content.secret1");
        expect(await textOf(page, "#content_section")).toContain(ADA.email);
        expect(await textOf(page, "nav bdi")).toBe(ADA.name);

        await click(`a[href="/plain/content.list"]`);
        expect(await page.evaluate(() => document.querySelectorAll("tbody tr").length)).toBe(20);
        await page.goto(`${server.origin}/plain/account`);
        expect(await placeOf(page, "main button")).toEqual({ x: 0, y: 0 });
        await click("nav form button");
        expect(path()).toBe("/plain/account");
        expect(await textOf(page, "h1")).toContain("Sign in to open");
      }));
  });
}

// Puppeteer's own steps wait for promises, which Firefox does not keep where scripts are off.

/** The middle of what `selector` finds; what cannot be seen is at no place. */
async function placeOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return await page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    element?.scrollIntoView({ block: "center" });
    const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
    return { x: x + width / 2, y: y + height / 2 };
  }, selector);
}

async function textOf(page: Page, selector: string): Promise<string> {
  return await page.evaluate(
    (wanted) => document.querySelector(wanted)?.textContent?.trim() ?? "",
    selector,
  );
}
