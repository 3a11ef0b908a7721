import { describe, expect, test } from "bun:test";

import { watchFedCm } from "../browser/fedcm_steps.ts";
import { choose, openChooser } from "../browser/steps.ts";
import { removeFedCm } from "../browser/third_party_cookies.ts";
import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { describeClient, readNotes, takeCard } from "./scene.ts";

describeClient("better-auth", ({ scene, visit, open, signInAtGoogle }) => {
  test("One Tap begins a session by FedCM", () =>
    visit(async ({ page }) => {
      await signInAtGoogle(page, ADA.email);
      const dialogs = await watchFedCm(page);
      await open(page, "one_tap");
      await dialogs.selectAccount(ADA.email);
      expect(await readNotes<string>(page, "sessions")).toEqual([ADA.email]);
    }));

  test("One Tap begins a session by the card", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAtGoogle(page, GRACE.email);
      await open(page, "one_tap");
      await takeCard(page, GRACE.email);
      expect(await readNotes<string>(page, "sessions")).toEqual([GRACE.email]);
    }));

  test("One Tap hears why there is no card", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await open(page, "one_tap");
      expect(await readNotes<string>(page, "moments")).toEqual(["display opt_out_or_no_session"]);
    }));

  test("its button begins a session by a popup", () =>
    visit(async ({ page }) => {
      await open(page, "buttons");
      await choose(await openChooser(page), ADA.email);
      expect(await readNotes<string>(page, "sessions")).toEqual([ADA.email]);
    }));

  describe("signIn.social with an ID token", () => {
    const HOUR_MS = 3_600_000;
    const order = { person: ADA, clientId: CLIENT_ID, nonce: "right" };

    test.each([
      ["a good one", {}, 200],
      ["another nonce", { nonce: "wrong" }, 401],
      ["another audience", { clientId: "other" }, 401],
      ["an unknown key", { fault: "an unknown key" }, 401],
      ["no signature", { fault: "no signature under a known key" }, 401],
      ["an expired one", { now: Date.now() - 2 * HOUR_MS }, 401],
    ] as const)("is answered as with Google: %s", async (_name, change, status) => {
      const token = await scene.google.issueToken({ ...order, ...change });
      const answer = await fetch(`${scene.origin}/api/auth/sign-in/social`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Origin: scene.origin },
        body: JSON.stringify({ provider: "google", idToken: { token, nonce: "right" } }),
      });
      expect(answer.status).toBe(status);
    });
  });
});
