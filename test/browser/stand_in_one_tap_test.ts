import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { Browser, Page } from "puppeteer-core";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import { chromiumPath, launchChromium, visit } from "./chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { drawGooglePage, readNoted } from "./google_page.ts";
import { type RelyingPage, startRelyingPage } from "./relying_page.ts";
import { clickGoogleButton } from "./steps.ts";

setDefaultTimeout(30_000);

/** What Chromium says when there is no token. */
const NO_TOKEN = [
  /accounts (list|endpoint)/,
  /dismissed/,
  /request has been aborted/,
  /Not signed in with/,
];

const RETURNED = { type: "dismissed", dismissed: "credential_returned" };

describe.skipIf(!chromiumPath)("One Tap where the browser has FedCM", () => {
  let browser: Browser;
  let standIn: GoogleStandIn;
  let site: RelyingPage;

  beforeAll(async () => {
    standIn = await startGoogleStandIn({ port: 0 });
    const options = { googleOrigin: standIn.origin, clientId: CLIENT_ID };
    site = startRelyingPage((url) => drawGooglePage(url, options));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await standIn?.stop();
  });

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
    visit({ browser }, async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page);
      await dialogs.selectAccount(ADA.email);
      const [response] = await readNoted(page, "responses");
      expect(response).toMatchObject({ select_by: "fedcm", credential: expect.any(String) });
      expect(await readNoted(page, "moments")).toEqual([RETURNED]);
    }));

  test("is skipped without a reason where nobody is signed in", () =>
    visit({ browser, expected: NO_TOKEN }, async ({ page }) => {
      await openPrompting(page);
      expect(await readNoted(page, "moments")).toEqual([{ type: "skipped" }]);
    }));

  test("is skipped without a reason when the person closes it", () =>
    visit({ browser, expected: NO_TOKEN }, async ({ page }) => {
      await signInAda(page);
      const dialogs = await openPrompting(page);
      await dialogs.dismiss("AccountChooser");
      expect(await readNoted(page, "moments")).toEqual([{ type: "skipped" }]);
    }));

  test("is taken away when the page asks, and again by the next prompt", () =>
    visit({ browser, expected: NO_TOKEN }, async ({ page }) => {
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
    visit({ browser }, async ({ page }) => {
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
  test("signs a returning person in by itself, until they have signed out", async () => {
    const own = await launchChromium();
    try {
      const page = await own.newPage();
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
    } finally {
      await own.close();
    }
  });
});
