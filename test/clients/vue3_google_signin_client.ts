import { expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { watchFedCm } from "../browser/fedcm_steps.ts";
import { choose, openChooser } from "../browser/steps.ts";
import { removeFedCm } from "../browser/third_party_cookies.ts";
import { ADA, CLIENT_ID, KATHERINE } from "../fixture.ts";
import { describeClient, readNotes, takeCard } from "./scene.ts";

describeClient("vue3-google-signin", ({ visit, open, signInAtGoogle }) => {
  const readClaims = async (page: Page) => {
    const [response] = await readNotes<{ credential: string }>(page, "responses");
    const claims = decodeJwt(response?.credential ?? "");
    expect(claims.aud).toBe(CLIENT_ID);
    return claims;
  };

  test("GoogleSignInButton signs in by a popup, a person of a Workspace domain", () =>
    visit(async ({ page }) => {
      await open(page, "buttons");
      await choose(await openChooser(page), KATHERINE.email);
      expect(await readClaims(page)).toMatchObject({ sub: KATHERINE.sub, hd: "orbit.example" });
    }));

  test("useOneTap signs in by FedCM", () =>
    visit(async ({ page }) => {
      await signInAtGoogle(page, ADA.email);
      const dialogs = await watchFedCm(page);
      await open(page, "one_tap");
      await dialogs.selectAccount(ADA.email);
      expect((await readClaims(page)).sub).toBe(ADA.sub);
      expect(await readNotes<string>(page, "moments")).toEqual(["dismissed credential_returned"]);
    }));

  test("useOneTap signs in by the card, with a moment of display", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAtGoogle(page, ADA.email);
      await open(page, "one_tap");
      await takeCard(page, ADA.email);
      expect((await readClaims(page)).sub).toBe(ADA.sub);
      expect(await readNotes<string>(page, "moments", 2)).toEqual([
        "display",
        "dismissed credential_returned",
      ]);
    }));

  test("useOneTap hears why there is no card", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await open(page, "one_tap");
      expect(await readNotes<string>(page, "moments")).toEqual(["display opt_out_or_no_session"]);
    }));

  test("useTokenClient and useCodeClient fail with a warning, and throw nothing", () =>
    visit({ expected: [/no access tokens/] }, async ({ page }) => {
      const warnings: string[] = [];
      page.on("console", (message) => warnings.push(message.text()));
      await open(page, "access_token");
      for (const id of ["token", "code"]) {
        await page.waitForSelector(`#${id}:enabled`);
        await page.click(`#${id}`);
      }
      await readNotes(page, "errors", 2);
      expect(warnings.filter((text) => text.includes("no access tokens"))).toHaveLength(2);
    }));
});
