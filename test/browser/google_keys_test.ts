import { expect, test } from "bun:test";

import { ADA, GRACE } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startMainServer } from "./dev_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { choose, count, open, openChooser, readRefusal, signIn, signOut } from "./steps.ts";

const UNAVAILABLE = /^error: Failed to load resource: .* status of 503 /;

describeInChromium("what becomes the binary, and Google's keys", ({ visit }) => {
  const server = startForEach(startMainServer);

  test("a sign-in that cannot be checked is refused with a sentence", () =>
    visit({ expected: [UNAVAILABLE] }, async ({ page }) => {
      const { origin, google, output } = server;
      google.play({ key_set: "failing" });
      // The keys that are known already stay good.
      await google.keys.rotate();
      await open(page, `${origin}/spa`);
      await choose(await openChooser(page), ADA.email);
      expect(await readRefusal(page)).toContain("We can’t reach Google");
      expect(await count(page, ".person")).toBe(0);
      expect(output()).toContain('"code":"keys_unavailable"');
    }));

  test("a key that Google has just begun to use is fetched, once", () =>
    visit(async ({ page }) => {
      const { origin, google } = server;
      await open(page, `${origin}/spa`);
      await signIn(page);
      expect(google.keySetFetches()).toBe(1);
      await signOut(page);
      await google.keys.rotate();
      await signIn(page, GRACE);
      expect(google.keySetFetches()).toBe(2);
    }));

  test("the log tells of a visit, but no secret", () =>
    visit(async ({ page, context }) => {
      const { origin, output } = server;
      await open(page, `${origin}/spa`);
      const nonce = await page.$eval(
        "[data-nonce]",
        (element) => element.getAttribute("data-nonce") ?? "",
      );
      const post = page.waitForRequest(`${origin}/auth/login`);
      await signIn(page);
      const cookies = (await context.cookies()).filter(({ domain }) => domain === "localhost");
      const credential = new URLSearchParams((await post).postData()).get("credential") ?? "";
      await signOut(page);

      expect(output()).toContain('"event":"signed_in"');
      expect(output()).toContain('"event":"signed_out"');
      expect(cookies.map(({ name }) => name).toSorted()).toEqual(["session_id", "sign_in"]);
      expect(credential.split(".")).toHaveLength(3);
      const secrets = [nonce, ...credential.split("."), ...cookies.map(({ value }) => value)];
      expect(secrets.filter((secret) => output().includes(secret))).toEqual([]);
    }));
});
