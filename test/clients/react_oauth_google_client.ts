import { expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { watchFedCm } from "../browser/fedcm_steps.ts";
import { choose, clickGoogleButton, openChooser } from "../browser/steps.ts";
import { removeFedCm } from "../browser/third_party_cookies.ts";
import { ADA, CLIENT_ID, GRACE, KATHERINE } from "../fixture.ts";
import { describeClient, findCard, readNotes, readShown, takeCard } from "./scene.ts";

interface Success {
  credential: string;
  clientId: string;
  select_by: string;
}

/** React's StrictMode runs effects twice: the first prompt is cancelled. */
const STRICT = [/aborted/, /Not signed in with/, /Cancel prompt request ignored/];

describeClient("@react-oauth/google", ({ scene, visit, open, signInAtGoogle }) => {
  const readSuccess = async (page: Page) => {
    const [response] = await readNotes<Success>(page, "responses");
    const { credential = "", ...rest } = response ?? {};
    const { sub, aud } = decodeJwt(credential);
    expect(aud).toBe(CLIENT_ID);
    return { sub, ...rest };
  };

  test("GoogleLogin signs in by a popup", () =>
    visit(async ({ page }) => {
      await open(page, "buttons");
      await choose(await openChooser(page), ADA.email);
      expect(await readSuccess(page)).toEqual({
        sub: ADA.sub,
        clientId: CLIENT_ID,
        select_by: "btn_confirm_add_session",
      });
    }));

  test("each GoogleLogin has its button", () =>
    visit(async ({ page }) => {
      await open(page, "buttons", { icon: "true" });
      await page.waitForFunction(
        () =>
          [...document.querySelectorAll("iframe")].filter((f) => f.offsetWidth > 0).length === 2,
      );
      const widths = await page.$$eval("iframe", (all) => all.map((frame) => frame.offsetWidth));
      expect(widths[0]).toBeGreaterThan(180);
      expect(widths[1]).toBe(60);
    }));

  test("GoogleLogin has its width and its language", () =>
    visit(async ({ page }) => {
      await open(page, "buttons", { width: "300", locale: "de" });
      const frame = await page.waitForSelector("iframe");
      await page.waitForFunction((one) => one && one.offsetWidth > 0, {}, frame);
      expect(await frame?.evaluate((one) => one.offsetWidth)).toBe(320);
      const content = await frame?.contentFrame();
      expect(await content?.$eval("button", ({ textContent }) => textContent)).toBe(
        "Über Google anmelden",
      );
    }));

  test("GoogleLogin offers the accounts of hosted_domain", () =>
    visit(async ({ page }) => {
      await open(page, "buttons", { hosted_domain: "orbit.example" });
      const chooser = await openChooser(page);
      const offered = await chooser.$$eval("main li button", (all) => all.map((one) => one.value));
      expect(offered).toEqual([KATHERINE.email]);
      await choose(chooser, KATHERINE.email);
      expect((await readSuccess(page)).sub).toBe(KATHERINE.sub);
    }));

  test("GoogleLogin posts to login_uri in redirect mode", () =>
    visit(async ({ page }) => {
      await open(page, "buttons", { login_uri: `${scene.origin}/login` });
      await clickGoogleButton(page);
      await page.waitForSelector(`button[value="${GRACE.email}"]`);
      await page.click(`button[value="${GRACE.email}"]`);
      type Post = { form: Record<string, string>; cookie: string; site: string };
      const { form, cookie, site } = await readShown<Post>(page, "#post");
      expect(site).toBe("cross-site");
      expect(form.state).toBe("the state");
      expect(form.g_csrf_token).toMatch(/^[0-9a-f]{32}$/);
      expect(cookie).toContain(`g_csrf_token=${form.g_csrf_token}`);
      expect(decodeJwt(form.credential ?? "").sub).toBe(GRACE.sub);
    }));

  test("GoogleLogin signs in by FedCM with use_fedcm_for_button", () =>
    visit(async ({ page }) => {
      await signInAtGoogle(page, ADA.email);
      const dialogs = await watchFedCm(page);
      await open(page, "buttons", { fedcm: "true" });
      await clickGoogleButton(page);
      await dialogs.selectAccount(ADA.email);
      expect(await readSuccess(page)).toMatchObject({ sub: ADA.sub, select_by: "fedcm_button" });
    }));

  test("googleLogout suppresses automatic selection for a day", () =>
    visit(async ({ page }) => {
      await open(page, "buttons");
      await readNotes(page, "loaded");
      await page.click("#logout");
      const state = await page.evaluate(() => /g_state=(\{.*?\})/.exec(document.cookie)?.[1]);
      expect(JSON.parse(state ?? "{}").i_t).toBeGreaterThan(Date.now());
    }));

  test("useGoogleOneTapLogin signs in by FedCM", () =>
    visit({ expected: STRICT }, async ({ page }) => {
      await signInAtGoogle(page, ADA.email);
      const dialogs = await watchFedCm(page);
      await open(page, "one_tap");
      await dialogs.selectAccount(ADA.email);
      expect(await readSuccess(page)).toMatchObject({ sub: ADA.sub, select_by: "fedcm" });
      expect((await readNotes<string>(page, "moments")).at(-1)).toBe(
        "dismissed credential_returned",
      );
    }));

  test("useGoogleOneTapLogin follows the card, which the person closes", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAtGoogle(page, ADA.email);
      await open(page, "one_tap");
      const card = await findCard(page);
      await card.click("#close");
      await page.waitForFunction(() => document.body.dataset.moments?.includes("user_cancel"));
      const moments = await readNotes<string>(page, "moments");
      expect(moments.slice(-2)).toEqual(["display", "skipped user_cancel"]);
      await page.reload();
      await page.waitForFunction(() => document.body?.dataset.moments?.includes("suppressed"));
      expect((await readNotes<string>(page, "moments")).at(-1)).toBe("display suppressed_by_user");
    }));

  test("useGoogleOneTapLogin signs in by the card", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAtGoogle(page, ADA.email);
      await open(page, "one_tap");
      await takeCard(page, ADA.email);
      expect((await readSuccess(page)).sub).toBe(ADA.sub);
    }));

  test("useGoogleLogin stays mounted, and its clicks say that there are no access tokens", () =>
    visit({ expected: [/no access tokens/] }, async ({ page }) => {
      const warnings: string[] = [];
      page.on("console", (message) => warnings.push(message.text()));
      await open(page, "access_token");
      await readNotes(page, "loaded");
      await page.click("#token");
      await page.click("#code");
      await page.click("#scopes");
      expect(await readNotes<unknown>(page, "errors", 3)).toEqual([
        { type: "unknown" },
        { type: "unknown" },
        false,
      ]);
      expect(warnings.filter((text) => text.includes("no access tokens"))).toHaveLength(3);
      expect(await page.$("#token")).not.toBeNull();
      expect(await page.evaluate(() => document.body.dataset.responses)).toBeUndefined();
    }));
});
