import { expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";
import { choose, clickGoogleButton, open, openChooser, waitForPerson } from "./steps.ts";

/** How Ada signs in. */
type Enter = (page: Page, server: OwnServer) => Promise<void>;

const chooseHere = (page: Page) => page.locator(`button[value="${ADA.email}"]`).click();

async function enterByPopup(page: Page, { origin }: OwnServer): Promise<void> {
  await open(page, `${origin}/spa`);
  await choose(await openChooser(page), ADA.email);
}

async function enterByDialog(page: Page, { origin, google }: OwnServer): Promise<void> {
  const dialogs = await watchFedCm(page);
  await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
  await open(page, `${origin}/spa`);
  const button = await page.$("fedcm-button > button");
  await button?.click();
  await dialogs.selectAccount(ADA.email);
}

async function enterByRedirect(page: Page, { origin }: OwnServer): Promise<void> {
  await open(page, `${origin}/spa`);
  await clickGoogleButton(page);
  await chooseHere(page);
}

async function enterByLink(page: Page, { origin }: OwnServer): Promise<void> {
  await page.goto(`${origin}/auth/google`);
  await chooseHere(page);
}

const WAYS: [name: string, env: Record<string, string>, enter: Enter][] = [
  ["the html button", { GOOGLE_SIGN_IN: "html" }, enterByPopup],
  ["the js button", { GOOGLE_SIGN_IN: "js" }, enterByPopup],
  ["redirect mode", { GOOGLE_UX_MODE: "redirect" }, enterByRedirect],
  ["the link", {}, enterByLink],
  ["the browser's dialog", { GOOGLE_SIGN_IN: "fedcm" }, enterByDialog],
  ["One Tap", { GOOGLE_ONE_TAP: "true" }, enterByDialog],
];

describeInChromium("GOOGLE_AUTH_CLAIMS", ({ visit }) => {
  test.each(WAYS)("has Google say how old and how strong its session is, by %s", async (...way) => {
    const [, env, enter] = way;
    const server = await startOwnServer({ ...env, GOOGLE_AUTH_CLAIMS: "true" });
    server.google.play({ amr: "hwk mfa", auth_time: "1 hour ago" });
    await visit({ expected: [REFUSED] }, async ({ page }) => {
      const tokens: string[] = [];
      page.on("request", (request) => {
        const form = new URLSearchParams(request.postData() ?? "");
        const token = form.get("credential") ?? form.get("id_token");
        if (request.url().startsWith(`${server.origin}/auth/`) && token) tokens.push(token);
      });
      await enter(page, server);
      await waitForPerson(page, ADA.name);
      expect(decodeJwt(tokens.at(-1) ?? "")).toMatchObject({
        amr: ["hwk", "mfa"],
        auth_time: Math.floor(server.clock.now / 1000) - 3600,
      });
    }).finally(() => server.stop());
  });
});
