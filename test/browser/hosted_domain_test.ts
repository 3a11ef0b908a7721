import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, KATHERINE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { choose, clickGoogleButton, open, openChooser, waitForPerson } from "./steps.ts";

const DOMAIN = { GOOGLE_HOSTED_DOMAIN: KATHERINE.hostedDomain };

/** Whom Google offers. */
const offered = (page: Page) =>
  page.$$eval("button[name=email]", (all) => all.map((one) => (one as HTMLButtonElement).value));

describeInChromium("GOOGLE_HOSTED_DOMAIN", ({ visit }) => {
  describe.each(["html", "js"])("with the %s button", (way) => {
    const server = startForAll(() => startOwnServer({ ...DOMAIN, GOOGLE_SIGN_IN: way }));

    test("has Google offer the accounts of that domain", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        const chooser = await openChooser(page);
        expect(await offered(chooser)).toEqual([KATHERINE.email]);
        await choose(chooser, KATHERINE.email);
        await waitForPerson(page, KATHERINE.name);
      }));
  });

  describe("in redirect mode", () => {
    const server = startForAll(() => startOwnServer({ ...DOMAIN, GOOGLE_UX_MODE: "redirect" }));

    test("goes along, and with the link, too, but not for another account", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await clickGoogleButton(page);
        await page.waitForSelector("button[name=email]");
        expect(await offered(page)).toEqual([KATHERINE.email]);
        await page.goto(`${server.origin}/auth/google`);
        expect(await offered(page)).toEqual([KATHERINE.email]);
        await page.goto(`${server.origin}/auth/google?account=another`);
        expect(await offered(page)).toContain(ADA.email);
      }));
  });

  describe("where the browser signs in", () => {
    const ways = [{ GOOGLE_SIGN_IN: "fedcm" }, { GOOGLE_ONE_TAP: "true" }];
    test.each(ways)("%o offers the accounts of that domain", async (way) => {
      const server = await startOwnServer({ ...DOMAIN, ...way });
      await visit({ expected: [REFUSED] }, async ({ page }) => {
        const dialogs = await watchFedCm(page);
        for (const { email } of [ADA, KATHERINE]) {
          await signInAtStandIn({ page, googleOrigin: server.google.origin }, email);
        }
        await open(page, `${server.origin}/spa`);
        const button = await page.$("fedcm-button > button");
        await button?.click();
        const { accounts } = await dialogs.waitFor("AccountChooser");
        expect(accounts.map(({ email }) => email)).toEqual([KATHERINE.email]);
        await dialogs.selectAccount(KATHERINE.email);
        await waitForPerson(page, KATHERINE.name);
      }).finally(() => server.stop());
    });
  });
});
