import { describe, expect, test } from "bun:test";

import type { Browser, Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { launchChromium } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { clickGoogleButton, count, open, openChooser, readText, waitForPerson } from "./steps.ts";
import { startVirtualDisplay } from "./virtual_display.ts";

const NOTE = "#sign_in .note";
const MESSAGE = "#sign_in_message [role=status]";
const OFFER = "Did no window open? Your browser may have blocked it.";
const BLOCKED = [/Failed to open popup window/];

/** Waits longer in the page than our script waits for a window. */
function waitLonger(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
}

describe.each(["html", "js"])("a window that the browser blocks, the %s way", (way) => {
  describeInChromium("in Chromium", ({ visit }) => {
    const server: OwnServer = startForEach(() => startOwnServer({ GOOGLE_SIGN_IN: way }));

    test("leads to Google's page, from the card and back to the page", () =>
      visit({ expected: BLOCKED }, async ({ page }) => {
        server.google.play({ popup: "blocked" });
        await open(page, `${server.origin}/spa`);
        await clickGoogleButton(page);
        await page.waitForSelector(NOTE);
        expect(await readText(page, MESSAGE)).toBe(OFFER);
        expect(await count(page, `${MESSAGE} .hear`)).toBe(1);
        await page.click(`${NOTE} a`);
        await page.waitForSelector(`button[value="${ADA.email}"]`);
        await page.click(`button[value="${ADA.email}"]`);
        await waitForPerson(page, ADA.name);
        expect(new URL(page.url()).pathname).toBe("/spa");
      }));

    test("leads there from a message where the page has no card", () =>
      visit({ expected: BLOCKED }, async ({ page }) => {
        server.google.play({ popup: "blocked" });
        await open(page, `${server.origin}/spa/content.list`);
        await clickGoogleButton(page);
        await page.waitForSelector(`${MESSAGE} a`);
        expect(await readText(page, `${MESSAGE} p`)).toBe(OFFER);
        expect(await page.$eval(`${MESSAGE} a`, (link) => link.getAttribute("href"))).toBe(
          "/auth/google?return=%2Fspa%2Fcontent.list",
        );
      }));
  });
});

/** Without a screen, Chromium says that every page has the focus. */
async function launchOnScreen(): Promise<Browser> {
  const display = await startVirtualDisplay();
  const browser = await launchChromium({ display: display.name });
  browser.once("disconnected", () => void display.stop());
  return browser;
}

describe.skipIf(!Bun.which("Xvfb"))("on a screen", () => {
  describeInChromium({ name: "a window that opens", launch: launchOnScreen }, ({ visit }) => {
    const server: OwnServer = startForEach(() => startOwnServer());

    test("and is closed is not spoken of, and nothing keeps turning", () =>
      visit(async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        const chooser = await openChooser(page);
        await page.waitForFunction(() => !document.hasFocus());
        // Longer than our script waits between two looks: nobody closes a window faster.
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
        await chooser.close();
        await waitLonger(page);
        expect(await count(page, NOTE)).toBe(0);
        expect(await readText(page, "#sign_in_message")).toBe("");
        expect(await count(page, "[aria-busy=true]")).toBe(0);
      }));

    test("and stays open is not spoken of", () =>
      visit(async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        const chooser = await openChooser(page);
        await waitLonger(page);
        expect(await count(page, NOTE)).toBe(0);
        await chooser.close();
      }));
  });
});
