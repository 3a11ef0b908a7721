import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { startForAll } from "./start_for_tests.ts";
import { count, findGoogleButton, open, signIn, signOut, waitForPerson } from "./steps.ts";

/** Chromium's own words in the console where there is no token. */
const NO_TOKEN =
  /dismissed|aborted|accounts (list|endpoint)|retrieving a token|Not signed in with/i;

describeInChromium("One Tap", ({ visit }) => {
  describe.each(["html", "js"])("beside the %s button", (way) => {
    const server = startForAll(() =>
      startDevServer({ GOOGLE_SIGN_IN: way, GOOGLE_ONE_TAP: "true" }),
    );

    /** Signs Ada in at Google, and counts how often the page prompts from now on. */
    async function prepare(page: Page) {
      await page.evaluateOnNewDocument(() => {
        let prompts = 0;
        const { get } = CredentialsContainer.prototype;
        CredentialsContainer.prototype.get = function (options) {
          if (options && "identity" in options) prompts += 1;
          return get.call(this, options);
        };
        Object.assign(window, { countPrompts: () => prompts });
      });
      await signInAtStandIn({ page, googleOrigin: server.googleOrigin }, ADA.email);
      return watchFedCm(page);
    }

    const countPrompts = (page: Page) =>
      page.evaluate(() => Number(Reflect.get(window, "countPrompts")()));

    const readState = async (page: Page) => {
      const cookies = await page.browserContext().cookies();
      return JSON.parse(cookies.find(({ name }) => name === "g_state")?.value ?? "{}");
    };

    test("offers an anonymous visitor to sign in, and signs in", () =>
      visit(async ({ page }) => {
        const dialogs = await prepare(page);
        await open(page, `${server.origin}/spa`);
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        // The log is written beside the answers.
        while (!server.output().includes(" select_by=fedcm ")) await Bun.sleep(20);
      }));

    test("is not offered to somebody who is signed in, nor straight after signing out", () =>
      visit({ expected: [REFUSED] }, async ({ page, openTab }) => {
        const dialogs = await prepare(page);
        await open(page, `${server.origin}/spa`);
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        await page.reload();
        await waitForPerson(page, ADA.name);
        expect(await countPrompts(page)).toBe(0);

        await signOut(page);
        expect(await countPrompts(page)).toBe(0);
        // Google's script was told, though it came only after the click: nobody is selected by itself.
        expect((await readState(page)).i_t).toBeGreaterThan(Date.now());
        await page.reload();
        await findGoogleButton(page);
        expect(await countPrompts(page)).toBe(0);
        const other = await openTab();
        await open(other, `${server.origin}/spa/content.secret2`);
        await findGoogleButton(other);
        await signIn(other, GRACE);
      }));

    test("is offered once in a page, and goes when somebody signs in by the button", () =>
      visit({ expected: [NO_TOKEN] }, async ({ page }) => {
        const dialogs = await prepare(page);
        await open(page, `${server.origin}/spa`);
        await dialogs.dismiss("AccountChooser");
        await findGoogleButton(page);
        expect(await countPrompts(page)).toBe(1);
        // A navigation bar that comes anew has a button that is drawn anew, but no other prompt.
        await page.evaluate(() => {
          document.querySelector("google-button")?.classList.add("seen-before");
          document.dispatchEvent(new CustomEvent("LoginStatusChange"));
        });
        await page.waitForSelector("google-button:not(.seen-before)");
        await findGoogleButton(page);
        expect(await countPrompts(page)).toBe(1);
        expect(await count(page, "[data-nonce]")).toBe(1);
        await signIn(page, GRACE);
      }));

    test("goes away when somebody signs in in another tab", () =>
      visit({ expected: [NO_TOKEN] }, async ({ page, openTab }) => {
        const dialogs = await prepare(page);
        await open(page, `${server.origin}/spa`);
        await dialogs.waitFor("AccountChooser");
        const other = await openTab();
        await other.goto(`${server.origin}/auth/google`);
        await other.locator(`button[value="${GRACE.email}"]`).click();
        await waitForPerson(other, GRACE.name);
        await waitForPerson(page, GRACE.name);
        await dialogs.waitUntilClosed();
      }));
  });
});
