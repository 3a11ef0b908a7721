import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { Browser, Page } from "puppeteer-core";

import { createAssets } from "../../src/assets.ts";
import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, createClock, createFoyer } from "../fixture.ts";
import { freePort } from "../foyer_process.ts";
import { chromiumPath, launchChromium, REFUSED, visit } from "./chromium.ts";
import {
  choose,
  findGoogleButton,
  open,
  openChooser,
  readMessage,
  readText,
  signIn,
} from "./steps.ts";

setDefaultTimeout(20_000);

const DAY_MS = 86_400_000;

describe.skipIf(!chromiumPath)("a page that stays open for a day", () => {
  let browser: Browser;
  let google: GoogleStandIn;
  let address: string;
  let server: ReturnType<typeof Bun.serve>;
  const clock = createClock();

  // In this process, so that one clock moves the server and its Google.
  beforeAll(async () => {
    const port = freePort();
    const now = () => clock.now;
    google = await startGoogleStandIn({ port: 0, now });
    const googleJwksUrl = `${google.origin}/oauth2/v3/certs`;
    const foyer = await createFoyer(
      {
        PORT: String(port),
        GOOGLE_ACCOUNTS_URL: google.origin,
        GOOGLE_JWKS_URL: googleJwksUrl,
      },
      {
        assets: createAssets(buildAssets()),
        googleKeys: createGoogleKeys({ url: googleJwksUrl, now }),
        now,
      },
    );
    server = Bun.serve({ port, hostname: "localhost", fetch: foyer.app.fetch });
    address = `${foyer.deps.config.origin}/spa`;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop(true);
    await google?.stop();
  });

  /** Lets a day pass, on the server and in the page, for which it is as if the machine had slept. */
  async function passDay(page: Page): Promise<void> {
    clock.pass(DAY_MS);
    await page.evaluate((ms) => {
      const { now } = Date;
      Date.now = () => now() + ms;
    }, DAY_MS);
  }

  const readNonce = (page: Page) =>
    page.$eval("[data-nonce]", (element) => element.getAttribute("data-nonce") ?? "");

  test("signs in at the first click, as its nonce was refreshed when the person came back", () =>
    visit({ browser }, async ({ page }) => {
      await open(page, address);
      await findGoogleButton(page);
      const nonce = await readNonce(page);
      await passDay(page);
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await page.waitForSelector(`[data-nonce]:not([data-nonce="${nonce}"])`);
      await signIn(page);
      expect(await readText(page, "#sign_in_message")).toBe("");
    }));

  test("keeps its nonce while that is good", () =>
    visit({ browser }, async ({ page }) => {
      await open(page, address);
      const requests: string[] = [];
      page.on("request", (request) => requests.push(new URL(request.url()).pathname));
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await signIn(page);
      expect(requests.slice(0, requests.indexOf("/auth/login"))).not.toContain("/auth/auth_navbar");
    }));

  test("asks for one more click where it could not, and that one signs in", () =>
    visit({ browser, expected: [REFUSED] }, async ({ page }) => {
      await open(page, address);
      const nonce = await readNonce(page);
      clock.pass(DAY_MS);
      await choose(await openChooser(page), ADA.email);
      expect(await readMessage(page)).toContain("Please click once more");
      await page.waitForSelector(`[data-nonce]:not([data-nonce="${nonce}"])`);
      await signIn(page);
      expect(await readText(page, "#sign_in_message")).toBe("");
    }));
});
