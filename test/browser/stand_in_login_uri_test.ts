import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { startGooglePage } from "./google_page.ts";
import { startForAll } from "./start_for_tests.ts";
import { clickGoogleButton, openChooser } from "./steps.ts";

const JWT = expect.stringMatching(/^eyJ/);
const CSRF = expect.stringMatching(/^[0-9a-f]{32}$/);

describeInChromium("what is posted to login_uri", ({ visit }) => {
  const standIn = startForAll(() => startGoogleStandIn({ port: 0 }));
  const site = startForAll(() => startGooglePage(standIn));

  async function openPage(page: Page, attributes: Record<string, string>): Promise<void> {
    const all = { login_uri: `${site.origin}/login`, shop: "north", ...attributes };
    await page.goto(`${site.origin}/?${new URLSearchParams(all)}`);
  }

  async function readPost(page: Page) {
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Posted", {
      polling: 30,
    });
    const post = site.posts.at(-1);
    if (!post) throw new Error("Nothing was posted");
    const cookie = post.headers.get("Cookie") ?? "";
    expect(cookie.split("; ")).toContain(`g_csrf_token=${post.form.g_csrf_token}`);
    return {
      path: post.path,
      form: post.form,
      site: post.headers.get("Sec-Fetch-Site"),
      origin: post.headers.get("Origin"),
    };
  }

  const FIELDS = {
    credential: JWT,
    g_csrf_token: CSRF,
    client_id: CLIENT_ID,
    clientId: CLIENT_ID,
  };

  test("after a popup: by the page itself, with the page's own attributes", () =>
    visit(async ({ page }) => {
      await openPage(page, {});
      const chooser = await openChooser(page);
      expect(await page.evaluate(() => document.cookie)).not.toContain("g_csrf_token");
      await chooser.click(`button[value="${ADA.email}"]`);
      const { form, ...post } = await readPost(page);
      expect(post).toEqual({ path: "/login", site: "same-origin", origin: site.origin });
      expect(form).toEqual({
        ...FIELDS,
        shop: "north",
        select_by: expect.stringMatching(/^btn/),
        state: "the state",
      });
    }));

  test("after One Tap: likewise", () =>
    visit(async ({ page }) => {
      await signInAtStandIn({ page, googleOrigin: standIn.origin }, ADA.email);
      const dialogs = await watchFedCm(page);
      await openPage(page, { auto_prompt: "true" });
      await dialogs.selectAccount(ADA.email);
      const { form, ...post } = await readPost(page);
      expect(post).toEqual({ path: "/login", site: "same-origin", origin: site.origin });
      expect(form).toEqual({ ...FIELDS, shop: "north", select_by: "fedcm" });
    }));

  test("in redirect mode: by Google's page, without the page's own attributes", () =>
    visit(async ({ page }) => {
      await openPage(page, { ux_mode: "redirect", callback: "hear" });
      await clickGoogleButton(page);
      await page.waitForSelector(`button[value="${ADA.email}"]`);
      await page.click(`button[value="${ADA.email}"]`);
      const { form, ...post } = await readPost(page);
      const origin = new URL(standIn.origin).origin;
      expect(post).toEqual({ path: "/login", site: "cross-site", origin });
      const select_by = expect.stringMatching(/^btn/);
      expect(form).toEqual({ ...FIELDS, select_by, state: "the state" });
    }));

  test("nothing where the page has a callback", () =>
    visit(async ({ page }) => {
      await openPage(page, { callback: "hear" });
      const before = site.posts.length;
      await (await openChooser(page)).click(`button[value="${ADA.email}"]`);
      await page.waitForFunction(() => document.body.dataset.responses, { polling: 30 });
      expect(site.posts.length).toBe(before);
    }));

  test("nothing to an address that is not secure", () =>
    visit({ expected: [/must be secure/] }, async ({ page }) => {
      const failed = new Promise((resolve) => page.once("pageerror", resolve));
      await openPage(page, { login_uri: "http://shop.example/login" });
      expect(String(await failed)).toContain("must be secure");
      expect(await page.$("iframe")).toBeNull();
    }));
});
