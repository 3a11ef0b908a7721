import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, signInInFedCmPopup, watchFedCm } from "./fedcm_steps.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  clickSignOut,
  count,
  open,
  readText,
  waitForHeadline,
  waitForPerson,
  waitUntilLoaded,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const BUTTON = "fedcm-button > button";
const LINK = "fedcm-button > a";
const FALLBACK = "fedcm-button .fallback:not([hidden])";
/** Chromium's own words in the console where there is no token. */
const NO_TOKEN =
  /dismissed|accounts (list|endpoint)|assertion endpoint|issue a token|retrieving a token|identity provider/i;

describeInChromium("the browser's own way in (FedCM)", ({ visit }) => {
  // Each test has a Google of its own, where nobody has approved Foyer yet.
  const server = startForEach(() => startOwnServer({ GOOGLE_SIGN_IN: "fedcm" }));

  const click = (page: Page) => page.locator(BUTTON).click();

  test("signs in, out, and in again as somebody else, with no script of Google's on the page", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const fromGoogle: string[] = [];
      page.on("request", (request) => {
        const isActive = ["script", "stylesheet", "document"].includes(request.resourceType());
        if (isActive && request.url().startsWith(server.google.origin))
          fromGoogle.push(request.url());
      });
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, GRACE.email);
      await open(page, server.origin + ROOM);
      expect(await count(page, LINK + ":not([hidden])")).toBe(0);
      await click(page);
      const { title, accounts } = await dialogs.waitFor("AccountChooser");
      expect(title).toContain("localhost");
      expect(accounts.map(({ email }) => email)).toEqual([GRACE.email, ADA.email]);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
      await waitForHeadline(page, "Members");
      expect(await count(page, "fedcm-button, [data-nonce]")).toBe(0);

      await clickSignOut(page);
      await page.waitForSelector(BUTTON);
      await waitUntilLoaded(page);
      await click(page);
      await dialogs.selectAccount(GRACE.email);
      await waitForPerson(page, GRACE.name);
      expect(server.foyer.logLines.join("\n")).toContain('"select_by":"fedcm_button"');
      expect(fromGoogle).toEqual([]);
    }));

  test("lets somebody who is not signed in at Google do that first", () =>
    visit({ expected: [NO_TOKEN] }, async ({ page, context }) => {
      const dialogs = await watchFedCm(page);
      await open(page, `${server.origin}/spa`);
      await click(page);
      await signInInFedCmPopup(context, ADA.email);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("after a no shows a sentence and the link, goes nowhere by itself, and can be tried again", () =>
    visit({ expected: [NO_TOKEN] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      await open(page, `${server.origin}/spa`);
      await click(page);
      await dialogs.dismiss("AccountChooser");
      await page.waitForSelector(FALLBACK);
      expect(await readText(page, FALLBACK)).toContain("Sign-in did not work");
      expect(await count(page, `${FALLBACK} a[href="/auth/google?return=%2Fspa"]`)).toBe(1);
      expect(page.url()).toBe(`${server.origin}/spa`);

      await click(page);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("after a no, the link leads in", () =>
    visit({ expected: [NO_TOKEN, REFUSED] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      await open(page, server.origin + ROOM);
      await click(page);
      await dialogs.dismiss("AccountChooser");
      await page.waitForSelector(FALLBACK);
      await page.click(`${FALLBACK} a`);
      await page.locator(`button[value="${ADA.email}"]`).click();
      await waitForPerson(page, ADA.name);
      expect(new URL(page.url()).pathname).toBe(ROOM);
    }));

  const SHAPES = ["jwt", "id_token_text", "token_text", "id_token_object", "token_object"] as const;
  test("understands each shape in which Google's token has been seen", () =>
    visit(async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      for (const shape of SHAPES) {
        server.google.play({ fedcm_token: shape });
        await open(page, `${server.origin}/spa`);
        await click(page);
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        await clickSignOut(page);
        await page.waitForSelector(BUTTON);
        await waitUntilLoaded(page);
      }
    }));

  test("says so when Google answers with an error, and works afterwards", () =>
    visit({ expected: [NO_TOKEN] }, async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      server.google.play({ answer: "access_denied" });
      await open(page, `${server.origin}/spa`);
      await click(page);
      await dialogs.selectAccount(ADA.email);
      await dialogs.acknowledgeError();
      await page.waitForSelector(FALLBACK);
      expect(page.url()).toBe(`${server.origin}/spa`);
      server.google.play({});
      await click(page);
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("two clicks ask once", () =>
    visit(async ({ page }) => {
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
      await open(page, `${server.origin}/spa`);
      await page.$eval(BUTTON, (button) => {
        (button as HTMLButtonElement).click();
        (button as HTMLButtonElement).click();
      });
      await dialogs.selectAccount(ADA.email);
      await waitForPerson(page, ADA.name);
    }));

  test("where the browser does not know FedCM, the button is the link", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
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
