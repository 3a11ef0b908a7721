import { expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { watchFedCm } from "../browser/fedcm_steps.ts";
import { choose, openChooser } from "../browser/steps.ts";
import { removeFedCm } from "../browser/third_party_cookies.ts";
import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { describeClient, readNotes, takeCard } from "./scene.ts";

interface Response {
  credential: string;
  select_by: string;
}

describeClient("vue3-google-login", ({ visit, open, signInAtGoogle }) => {
  const readResponse = async (page: Page) => {
    const [response] = await readNotes<Response>(page, "responses");
    const { sub, aud } = decodeJwt(response?.credential ?? "");
    expect(aud).toBe(CLIENT_ID);
    return { sub, select_by: response?.select_by };
  };

  test("GoogleLogin signs in by a popup, as its README shows it", () =>
    visit(async ({ page }) => {
      await open(page, "buttons");
      await choose(await openChooser(page), ADA.email);
      expect(await readResponse(page)).toEqual({
        sub: ADA.sub,
        select_by: "btn_confirm_add_session",
      });
      const [decoded] = await readNotes<{ email: string }>(page, "decoded");
      expect(decoded?.email).toBe(ADA.email);
    }));

  test("GoogleLogin with prompt signs in by FedCM", () =>
    visit(async ({ page }) => {
      await signInAtGoogle(page, GRACE.email);
      const dialogs = await watchFedCm(page);
      await open(page, "prompt");
      await dialogs.selectAccount(GRACE.email);
      expect(await readResponse(page)).toEqual({ sub: GRACE.sub, select_by: "fedcm" });
    }));

  test("GoogleLogin with prompt signs in by the card", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAtGoogle(page, GRACE.email);
      await open(page, "prompt");
      await takeCard(page, GRACE.email);
      expect((await readResponse(page)).sub).toBe(GRACE.sub);
    }));

  test("googleOneTap signs in by FedCM", () =>
    visit(async ({ page }) => {
      await signInAtGoogle(page, ADA.email);
      const dialogs = await watchFedCm(page);
      await open(page, "one_tap");
      await page.click("#one_tap");
      await dialogs.selectAccount(ADA.email);
      expect(await readResponse(page)).toEqual({ sub: ADA.sub, select_by: "fedcm" });
    }));

  test("googleTokenLogin and googleAuthCodeLogin fail with a warning, and throw nothing", () =>
    visit({ expected: [/no access tokens/] }, async ({ page }) => {
      const warnings: string[] = [];
      page.on("console", (message) => warnings.push(message.text()));
      await open(page, "access_token");
      await page.click("#token");
      await readNotes(page, "errors", 1);
      await page.click("#code");
      await readNotes(page, "errors", 2);
      expect(warnings.filter((text) => text.includes("no access tokens"))).toHaveLength(2);
    }));
});
