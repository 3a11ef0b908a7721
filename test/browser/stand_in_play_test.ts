import { afterEach, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { readNoted, readScriptState, startGooglePage } from "./google_page.ts";
import { startForAll } from "./start_for_tests.ts";
import { clickGoogleButton, openChooser, readText } from "./steps.ts";

describeInChromium("a Google in trouble", ({ visit }) => {
  const standIn = startForAll(() => startGoogleStandIn({ port: 0 }));
  const site = startForAll(() => startGooglePage(standIn));

  afterEach(() => standIn.play({}));

  const openPage = (page: Page, attributes: Record<string, string> = { callback: "hear" }) =>
    page.goto(`${site.origin}/?${new URLSearchParams(attributes)}`, {
      waitUntil: "domcontentloaded",
    });

  async function chooseAda(page: Page): Promise<void> {
    await page.waitForSelector(`button[value="${ADA.email}"]`);
    await page.click(`button[value="${ADA.email}"]`);
  }

  test("has its script blocked", () =>
    visit({ expected: [/status of 503/] }, async ({ page }) => {
      standIn.play({ script: "blocked" });
      await openPage(page);
      expect(await readScriptState(page)).toBe("failed");
    }));

  test("keeps its script back until it is let go", () =>
    visit(async ({ page }) => {
      standIn.play({ script: "held" });
      const asked = page.waitForRequest((request) => request.url().endsWith("/gsi/client"));
      await openPage(page);
      await asked;
      expect(await page.evaluate(() => "google" in window)).toBe(false);
      standIn.play({});
      expect(await readScriptState(page)).toBe("loaded");
      await openChooser(page);
    }));

  test("has its popup blocked", () =>
    visit({ expected: [/Failed to open popup/] }, async ({ page }) => {
      standIn.play({ popup: "blocked" });
      await openPage(page);
      const warned = new Promise<string>((resolve) =>
        page.on("console", (message) => {
          if (message.text().includes("popup")) resolve(message.text());
        }),
      );
      await clickGoogleButton(page);
      expect(await warned).toContain("Failed to open popup window");
    }));

  test("has its popup closed at once", () =>
    visit(async ({ page }) => {
      standIn.play({ popup: "closes" });
      await openPage(page);
      const closed = new Promise((resolve) =>
        page.once("popup", (popup) => popup?.once("close", resolve)),
      );
      await clickGoogleButton(page);
      await closed;
      standIn.play({});
      await chooseAda(await openChooser(page));
      expect(await readNoted(page, "responses")).toHaveLength(1);
    }));

  test("says in the popup that there is no token", () =>
    visit(async ({ page }) => {
      standIn.play({ answer: "server_error" });
      await openPage(page);
      const chooser = await openChooser(page);
      await Promise.all([chooser.waitForNavigation(), chooseAda(chooser)]);
      expect(await readText(chooser, "main")).toContain("Error: server_error");
      expect(await page.evaluate(() => document.body.dataset.responses)).toBeUndefined();
    }));

  test("posts its error in redirect mode", () =>
    visit(async ({ page }) => {
      standIn.play({ answer: "temporarily_unavailable" });
      await openPage(page, { login_uri: `${site.origin}/login`, ux_mode: "redirect" });
      await clickGoogleButton(page);
      await chooseAda(page);
      await page.waitForFunction(() => location.pathname === "/login", { polling: 30 });
      expect(site.posts.at(-1)?.form).toEqual({
        error: "temporarily_unavailable",
        state: "the state",
        g_csrf_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    }));

  test("posts its error after an authorization request", () =>
    visit(async ({ page }) => {
      standIn.play({ answer: "access_denied" });
      const request = new URLSearchParams({
        client_id: CLIENT_ID,
        redirect_uri: `${site.origin}/callback`,
        response_type: "id_token",
        response_mode: "form_post",
        scope: "openid email profile",
        nonce: "a nonce",
        state: "a state",
      });
      await page.goto(new URL(`/o/oauth2/v2/auth?${request}`, standIn.origin).href);
      await chooseAda(page);
      await page.waitForFunction(() => location.pathname === "/callback", { polling: 30 });
      expect(site.posts.at(-1)?.form).toEqual({ error: "access_denied", state: "a state" });
    }));

  test("is played from the front page, too", () =>
    visit(async ({ page }) => {
      await page.goto(standIn.origin);
      await page.select("select[name=answer]", "access_denied");
      await page.select("select[name=popup]", "closes");
      await Promise.all([page.waitForNavigation(), page.click(".play button")]);
      const chosen = await page.$$eval(".play select", (selects) =>
        selects.map(({ name, value }) => [name, value]),
      );
      expect(Object.fromEntries(chosen)).toEqual({
        script: "served",
        popup: "closes",
        answer: "access_denied",
        fedcm_token: "jwt",
        key_set: "served",
        auth_time: "session",
        amr: "none",
      });
    }));
});
