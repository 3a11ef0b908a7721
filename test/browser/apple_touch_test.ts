import { describe, expect, test } from "bun:test";

import { KnownDevices, type Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { choose, clickGoogleButton, open, openChooser, waitForPerson } from "./steps.ts";

const ROOM = "/spa/content.secret1";
const IPHONE = KnownDevices["iPhone 15"];
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";

/** An iPad asks for the pages of desktops: only its touch screen tells it from a Mac. */
const IPAD = { ...KnownDevices["iPad Pro 11"], userAgent: MAC };
const DEVICES = { "an iPhone": IPHONE, "an iPad": IPAD };
const ANDROID = KnownDevices["Pixel 5"];

/** Chooses Ada on Google's page, which has taken the place of ours, and comes back. */
async function chooseHere(page: Page): Promise<void> {
  await page.locator(`button[value="${ADA.email}"]`).click();
  await waitForPerson(page, ADA.name);
  expect(new URL(page.url()).pathname).toBe(ROOM);
  expect(await page.browserContext().pages()).toHaveLength(1);
}

describeInChromium("Google's button", ({ visit }) => {
  describe.each(["html", "js"])("the %s way", (way) => {
    const server = startForAll(() => startOwnServer({ GOOGLE_SIGN_IN: way }));

    for (const [name, device] of Object.entries(DEVICES)) {
      test(`on ${name} opens no window: it leaves the page, and comes back`, () =>
        visit({ expected: [REFUSED] }, async ({ page }) => {
          await page.emulate(device);
          await open(page, server.origin + ROOM);
          await clickGoogleButton(page);
          await chooseHere(page);
        }));
    }

    test("in the card of an iPad does the same", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await page.emulate(IPAD);
        await open(page, server.origin + ROOM);
        await clickGoogleButton(page, "google-slot:not(:has(> a:not([hidden]))) iframe");
        await chooseHere(page);
      }));

    test("opens a window on a Mac, and on Android", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        for (const device of [{ ...IPAD, viewport: { width: 1280, height: 800 } }, ANDROID]) {
          await page.emulate(device);
          await open(page, server.origin + ROOM);
          await choose(await openChooser(page), ADA.email);
          await waitForPerson(page, ADA.name);
          await page.deleteCookie({ name: "session_id", url: server.origin });
        }
      }));

    test("leaves One Tap alone, which stays on the page", async () => {
      const server = await startOwnServer({ GOOGLE_SIGN_IN: way, GOOGLE_ONE_TAP: "true" });
      await visit({ expected: [REFUSED] }, async ({ page }) => {
        await page.emulate(IPAD);
        const dialogs = await watchFedCm(page);
        await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
        await open(page, server.origin + ROOM);
        await page.evaluate(() => Object.assign(window, { isSame: true }));
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        expect(await page.evaluate(() => Reflect.get(window, "isSame"))).toBe(true);
      }).finally(() => server.stop());
    });
  });
});
