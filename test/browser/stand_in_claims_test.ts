import { afterEach, expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { readNoted, startGooglePage } from "./google_page.ts";
import { startForAll } from "./start_for_tests.ts";
import { choose, clickGoogleButton, openChooser } from "./steps.ts";

describeInChromium("the claims that a page calls essential", ({ visit }) => {
  const NOW_S = 1_900_000_000;
  const standIn = startForAll(() => startGoogleStandIn({ port: 0, now: () => NOW_S * 1000 }));
  const site = startForAll(() => startGooglePage(standIn));
  afterEach(() => standIn.play({}));

  async function openPage(page: Page, attributes: Record<string, string>): Promise<void> {
    standIn.play({ amr: "hwk mfa", auth_time: "5 minutes ago" });
    await page.goto(`${site.origin}/?${new URLSearchParams({ callback: "hear", ...attributes })}`);
  }

  function claimsOf(credential = "") {
    const { auth_time, amr } = decodeJwt(credential);
    return { auth_time, amr };
  }

  async function readClaims(page: Page) {
    const [response] = await readNoted(page, "responses");
    return claimsOf(response?.credential);
  }

  test.each([
    ["auth_time amr", { auth_time: NOW_S - 300, amr: ["hwk", "mfa"] }],
    ["amr,auth_time", { auth_time: NOW_S - 300, amr: ["hwk", "mfa"] }],
    ["auth_time", { auth_time: NOW_S - 300, amr: undefined }],
    ["unknown", { auth_time: undefined, amr: undefined }],
    ["", { auth_time: undefined, amr: undefined }],
  ])("are in the token of a popup: %p", (essential_claims, claims) =>
    visit(async ({ page }) => {
      await openPage(page, { essential_claims });
      await choose(await openChooser(page), ADA.email);
      expect(await readClaims(page)).toEqual(claims);
    }),
  );

  test("are in the token of redirect mode", () =>
    visit(async ({ page }) => {
      const login_uri = `${site.origin}/login`;
      await openPage(page, { essential_claims: "amr", ux_mode: "redirect", login_uri });
      await clickGoogleButton(page);
      await page.waitForSelector(`button[value="${ADA.email}"]`);
      await page.click(`button[value="${ADA.email}"]`);
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Posted", {
        polling: 30,
      });
      const { credential } = site.posts.at(-1)?.form ?? {};
      expect(claimsOf(credential)).toEqual({ auth_time: undefined, amr: ["hwk", "mfa"] });
    }));

  test("are in the token of FedCM", () =>
    visit(async ({ page }) => {
      await signInAtStandIn({ page, googleOrigin: standIn.origin }, ADA.email);
      const dialogs = await watchFedCm(page);
      await openPage(page, { essential_claims: "auth_time amr", auto_prompt: "true" });
      await dialogs.selectAccount(ADA.email);
      expect(await readClaims(page)).toEqual({ auth_time: NOW_S - 300, amr: ["hwk", "mfa"] });
    }));

  test.each(["7", "true", "['auth_time']", "{ auth_time: {} }", "null"])(
    "are ignored with a warning if they are no string: %s",
    (essential) =>
      visit({ expected: [/must be a string/] }, async ({ page }) => {
        const warned = new Promise<string>((resolve) =>
          page.on("console", (message) => {
            if (message.text().includes("essential_claims")) resolve(message.text());
          }),
        );
        await openPage(page, {});
        await page.waitForFunction(() => document.body.dataset.script === "loaded");
        await page.evaluate(`
          google.accounts.id.initialize({
            client_id: "c", nonce: "n", callback: hear, essential_claims: ${essential},
          });
          google.accounts.id.renderButton(document.querySelector(".g_id_signin"), {});`);
        expect(await warned).toContain("must be a string");
        await choose(await openChooser(page), ADA.email);
        expect(await readClaims(page)).toEqual({ auth_time: undefined, amr: undefined });
      }),
  );
});
