import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { Browser, Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { chromiumPath, launchChromium, REFUSED, visit } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev_server.ts";
import { signInAtStandIn, signInInFedCmPopup, watchFedCm } from "./fedcm_steps.ts";
import { count, open, readText, waitForHeadline, waitForPerson, waitUntilLoaded } from "./steps.ts";

setDefaultTimeout(30_000);

const ROOM = "/spa/content.secret1";
const BUTTON = "fedcm-button > button";
const LINK = "fedcm-button > a";
const FALLBACK = "fedcm-button .fallback:not([hidden])";
/** Chromium's own words in the console where there is no token. */
const NO_TOKEN =
  /dismissed|accounts (list|endpoint)|assertion endpoint|issue a token|retrieving a token|identity provider/i;

describe.skipIf(!chromiumPath)("the browser's own way in (FedCM)", () => {
  let browser: Browser;
  let server: DevServer;

  beforeAll(async () => {
    server = await startDevServer({ GOOGLE_SIGN_IN: "fedcm" });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const click = (page: Page) => page.locator(BUTTON).click();

  test("signs in, out, and in again as somebody else, with no script of Google's on the page", () =>
    visit({ browser, expected: [REFUSED] }, async ({ page }) => {
      const fromGoogle: string[] = [];
      page.on("request", (request) => {
        const isActive = ["script", "stylesheet", "document"].includes(request.resourceType());
        if (isActive && request.url().startsWith(server.googleOrigin))
          fromGoogle.push(request.url());
      });
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, GRACE.email);
      await open(page, server.origin + ROOM);
      expect(await count(page, LINK + ":not([hidden])")).toBe(0);
      await click(page);
      const { title, accounts } = await dialogs.waitFor("AccountChooser");
      expect(title).toContain("localhost");
      expect(accounts.map(({ email }) => email)).toEqual([GRACE.email, ADA.email]);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
      await waitForHeadline(page, `Good to see you, ${ADA.name}`);
      expect(await count(page, "fedcm-button, [data-nonce]")).toBe(0);

      await page.locator("#auth_navbar .account > button").click();
      await page.waitForSelector(BUTTON);
      await waitUntilLoaded(page);
      await click(page);
      await dialogs.selectAccount(GRACE.email);
      await waitForPerson(page, GRACE.name);
      expect(server.output()).toContain('"select_by":"fedcm_button"');
      expect(fromGoogle).toEqual([]);
    }));

  test("lets somebody who is not signed in at Google do that first", () =>
    visit({ browser, expected: [NO_TOKEN] }, async ({ page, context }) => {
      const dialogs = await watchFedCm(page);
      await open(page, `${server.origin}/spa`);
      await click(page);
      await signInInFedCmPopup(context, ADA.email);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("after a no shows a sentence and the link, goes nowhere by itself, and can be tried again", () =>
    visit({ browser, expected: [NO_TOKEN] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      await open(page, `${server.origin}/spa`);
      await click(page);
      await dialogs.dismiss("AccountChooser");
      await page.waitForSelector(FALLBACK);
      expect(await readText(page, FALLBACK)).toContain("That did not work");
      expect(await count(page, `${FALLBACK} a[href="/auth/google?return=%2Fspa"]`)).toBe(1);
      expect(page.url()).toBe(`${server.origin}/spa`);

      await click(page);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("after a no, the link leads in", () =>
    visit({ browser, expected: [NO_TOKEN, REFUSED] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      await open(page, server.origin + ROOM);
      await click(page);
      await dialogs.dismiss("AccountChooser");
      await page.waitForSelector(FALLBACK);
      await page.click(`${FALLBACK} a`);
      await page.locator(`button[value="${ADA.email}"]`).click();
      await waitForPerson(page, ADA.name);
      expect(new URL(page.url()).pathname).toBe(ROOM);
    }));

  const SHAPES = ["jwt", "id_token_text", "token_text", "id_token_object", "token_object"];
  test("understands each shape in which Google's token has been seen", () =>
    visit({ browser }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      for (const shape of SHAPES) {
        await play({ fedcm_token: shape });
        await open(page, `${server.origin}/spa`);
        await click(page);
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        await page.locator("#auth_navbar .account > button").click();
        await page.waitForSelector(BUTTON);
        await waitUntilLoaded(page);
      }
    }));

  test("says so when Google answers with an error, and works afterwards", () =>
    visit({ browser, expected: [NO_TOKEN] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      await play({ answer: "access_denied" });
      await open(page, `${server.origin}/spa`);
      await click(page);
      await dialogs.selectAccount(ADA.email);
      await dialogs.acknowledgeError();
      await page.waitForSelector(FALLBACK);
      expect(page.url()).toBe(`${server.origin}/spa`);
      await play({});
      await click(page);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  /** Has the stand-in play these parts, and all others in good order. */
  async function play(parts: Record<string, string>): Promise<void> {
    const url = `${server.googleOrigin}/stand_in/play`;
    const body = JSON.stringify(parts);
    const headers = { "Content-Type": "application/json" };
    const { ok } = await fetch(url, { method: "POST", body, headers });
    if (!ok) throw new Error(`The stand-in does not play ${body}`);
  }

  test("two clicks ask once", () =>
    visit({ browser }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      await open(page, `${server.origin}/spa`);
      await page.$eval(BUTTON, (button) => {
        (button as HTMLButtonElement).click();
        (button as HTMLButtonElement).click();
      });
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("where the browser does not know FedCM, the button is the link", () =>
    visit({ browser, expected: [REFUSED] }, async ({ page }) => {
      await page.evaluateOnNewDocument(() => {
        Reflect.deleteProperty(window, "IdentityCredential");
      });
      await open(page, server.origin + ROOM);
      expect(await count(page, `${BUTTON}:not([hidden])`)).toBe(0);
      expect(await readText(page, LINK)).toBe("Sign in with Google");
      await page.click(LINK);
      await page.locator(`button[value="${ADA.email}"]`).click();
      await waitForPerson(page, ADA.name);
      expect(new URL(page.url()).pathname).toBe(ROOM);
    }));
});
