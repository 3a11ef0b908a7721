import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA } from "../fixture.ts";
import { visitWithProfile } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { readNoted, startGooglePage } from "./google_page.ts";
import { startForAll } from "./start_for_tests.ts";
import { clickGoogleButton } from "./steps.ts";

/** What Chromium says when there is no token. */
const NO_TOKEN = [
  /accounts (list|endpoint)/,
  /dismissed/,
  /request has been aborted/,
  /Not signed in with/,
];

const RETURNED = { type: "dismissed", dismissed: "credential_returned" };

describeInChromium("One Tap where the browser has FedCM", ({ visit }) => {
  const standIn = startForAll(() => startGoogleStandIn({ port: 0 }));
  const site = startForAll(() => startGooglePage(standIn));

  /** Opens a page that prompts at once. */
  async function openPrompting(page: Page, attributes: Record<string, string> = {}) {
    const dialogs = await watchFedCm(page);
    const names = { callback: "hear", moment_callback: "follow", auto_prompt: "true" };
    await page.goto(`${site.origin}/?${new URLSearchParams({ ...names, ...attributes })}`);
    return dialogs;
  }

  const signInAda = (page: Page) =>
    signInAtStandIn({ page, googleOrigin: standIn.origin }, ADA.email);

  test("hands out what the person chose, without a moment of display", () =>
    visit(async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page);
      await dialogs.selectAccount(ADA.email);
      const [response] = await readNoted(page, "responses");
      expect(response).toMatchObject({ select_by: "fedcm", credential: expect.any(String) });
      expect(await readNoted(page, "moments")).toEqual([RETURNED]);
    }));

  test("is skipped without a reason where nobody is signed in", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await openPrompting(page);
      expect(await readNoted(page, "moments")).toEqual([{ type: "skipped" }]);
    }));

  test("is skipped without a reason when the person closes it", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page);
      await dialogs.dismiss("AccountChooser");
      expect(await readNoted(page, "moments")).toEqual([{ type: "skipped" }]);
    }));

  test("is taken away when the page asks, and again by the next prompt", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page);
      await dialogs.waitFor("AccountChooser");
      await page.evaluate(() => google.accounts.id.cancel());
      const cancelled = { type: "dismissed", dismissed: "cancel_called" };
      expect(await readNoted(page, "moments")).toEqual([cancelled]);
      await page.evaluate(() => {
        const follow = Reflect.get(window, "follow");
        google.accounts.id.prompt(follow);
        google.accounts.id.prompt(follow);
      });
      await dialogs.selectAccount(ADA.email);
      const restarted = { type: "dismissed", dismissed: "flow_restarted" };
      expect(await readNoted(page, "moments", 3)).toEqual([cancelled, restarted, RETURNED]);
    }));

  test("opens from the button, too, where the page wants that", () =>
    visit(async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page, {
        auto_prompt: "false",
        use_fedcm_for_button: "true",
      });
      await clickGoogleButton(page);
      await dialogs.selectAccount(ADA.email);
      const [response] = await readNoted(page, "responses");
      expect(response).toMatchObject({ select_by: "fedcm_button", state: "the state" });
    }));

  // Private windows, as the other tests have them, never sign anybody in by themselves.
  test("signs a returning person in by itself, until they have signed out", () =>
    visitWithProfile(async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page, { auto_select: "true" });
      await dialogs.selectAccount(ADA.email);
      await readNoted(page, "responses");
      await page.reload();
      await dialogs.waitFor("AutoReauthn");
      const [response] = await readNoted(page, "responses");
      expect(response?.select_by).toBe("fedcm_auto");
      await page.evaluate(() => google.accounts.id.disableAutoSelect());
      await page.reload();
      await dialogs.selectAccount(ADA.email);
      const [another] = await readNoted(page, "responses");
      expect(another?.select_by).toBe("fedcm");
    }));
});
