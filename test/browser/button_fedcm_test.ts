import { describe, expect, test } from "bun:test";

import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  choose,
  clickGoogleButton,
  clickSignOut,
  count,
  findGoogleButton,
  open,
  openChooser,
  readText,
  waitForPerson,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";

describeInChromium("GOOGLE_BUTTON_FEDCM", ({ visit }) => {
  describe.each([
    { GOOGLE_SIGN_IN: "html" },
    { GOOGLE_SIGN_IN: "js" },
    { GOOGLE_SIGN_IN: "html", GOOGLE_UX_MODE: "redirect" },
  ])("%o", (env) => {
    const server = startForEach(() => startOwnServer({ ...env, GOOGLE_BUTTON_FEDCM: "true" }));

    test("opens the browser's dialog, asks again after signing out, and says nothing of windows", () =>
      visit({ expected: [REFUSED] }, async ({ page, context }) => {
        const dialogs = await watchFedCm(page);
        await signInAtStandIn({ page, googleOrigin: server.google.origin }, ADA.email);
        await open(page, server.origin + ROOM);
        await clickGoogleButton(page);
        await dialogs.waitFor("AccountChooser");
        // Longer than our script waits for a window.
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
        expect(await count(page, "#sign_in .note")).toBe(0);
        expect(await readText(page, "#sign_in_message")).toBe("");
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        expect(server.foyer.logLines.join("\n")).toContain('"select_by":"fedcm_button"');
        await clickSignOut(page);
        await findGoogleButton(page);
        await clickGoogleButton(page);
        await dialogs.selectAccount(ADA.email);
        await waitForPerson(page, ADA.name);
        expect(await context.pages()).toHaveLength(1);
      }));
  });

  describe("where the browser does not know FedCM", () => {
    const server = startForEach(() => startOwnServer({ GOOGLE_BUTTON_FEDCM: "true" }));

    test("opens a window", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await page.evaluateOnNewDocument(() => {
          Reflect.deleteProperty(window, "IdentityCredential");
        });
        await open(page, server.origin + ROOM);
        await choose(await openChooser(page), ADA.email);
        await waitForPerson(page, ADA.name);
      }));
  });
});
