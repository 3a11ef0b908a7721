import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { describeClient, readShown } from "./scene.ts";

const HOUR_MS = 3_600_000;

describeClient("packages of servers", ({ scene, visit, signInAtGoogle }) => {
  describe("google-auth-library", () => {
    test.each([
      ["a good token", {}, { sub: ADA.sub }],
      ["another audience", { clientId: "other" }, { error: /audience/ }],
      ["an unknown key", { fault: "an unknown key" }, { error: /No pem found/ }],
      ["claims of another", { fault: "claims of another" }, { error: /Invalid token signature/ }],
      ["an expired token", { now: Date.now() - 2 * HOUR_MS }, { error: /Token used too late/ }],
    ] as const)("verifies by its own addresses: %s", async (_name, change, { ...expected }) => {
      const body = await scene.google.issueToken({ person: ADA, clientId: CLIENT_ID, ...change });
      const answer = await fetch(`${scene.origin}/google_auth_library`, { method: "POST", body });
      const found = (await answer.json()) as Record<string, string>;
      for (const [name, value] of Object.entries(expected)) {
        expect(found[name] ?? "").toMatch(value);
      }
    });
  });

  describe("openid-client", () => {
    const start = (page: Page, parameters: Record<string, string> = {}) =>
      page.goto(`${scene.origin}/openid_client?${new URLSearchParams(parameters)}`);

    async function chooseAda(page: Page): Promise<void> {
      await page.waitForSelector(`button[value="${ADA.email}"]`);
      await page.click(`button[value="${ADA.email}"]`);
    }

    test("discovers Google, and signs in by an ID token", () =>
      visit(async ({ page }) => {
        await start(page);
        await chooseAda(page);
        expect(await readShown<object>(page, "#claims")).toMatchObject({ sub: ADA.sub });
      }));

    test("gets the claims that it asks for", () =>
      visit(async ({ page }) => {
        scene.google.play({ amr: "hwk mfa" });
        await start(page, { claims: '{"id_token":{"auth_time":{"essential":true},"amr":null}}' });
        await chooseAda(page);
        const claims = await readShown<{ auth_time: number; amr: string[] }>(page, "#claims");
        scene.google.play({});
        expect(claims.amr).toEqual(["hwk", "mfa"]);
        expect(Math.abs(claims.auth_time - Date.now() / 1000)).toBeLessThan(60);
      }));

    test("refuses a token with another nonce", () =>
      visit(async ({ page }) => {
        await start(page, { nonce: "another" });
        await chooseAda(page);
        const failure = await page.waitForSelector("#failure");
        expect(await failure?.evaluate((one) => one.textContent)).toContain(
          "unexpected JWT claim value",
        );
      }));

    test("has prompt and login_hint answered", () =>
      visit(async ({ page }) => {
        await start(page, { prompt: "none" });
        const failure = await page.waitForSelector("#failure");
        expect(await failure?.evaluate((one) => one.textContent)).toContain("authorization resp");
        await signInAtGoogle(page, ADA.email);
        await signInAtGoogle(page, GRACE.email);
        await start(page, { prompt: "select_account", login_hint: ADA.email });
        await chooseAda(page);
        await page.waitForSelector("#claims");
        await start(page, { prompt: "none", login_hint: ADA.email });
        expect(await readShown<object>(page, "#claims")).toMatchObject({ sub: ADA.sub });
      }));

    test("is told that there is no code flow", () =>
      visit({ expected: [/status of 403/] }, async ({ page }) => {
        await start(page, { response_type: "code", response_mode: "query" });
        const main = await page.waitForSelector("main");
        expect(await main?.evaluate((one) => one.textContent)).toContain(
          "unsupported_response_type",
        );
      }));
  });
});
