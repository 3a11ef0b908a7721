import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import type { Browser } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { chromiumPath, launchChromium, visit } from "./chromium.ts";
import { type MainServer, startMainServer } from "./dev_server.ts";
import { choose, count, open, openChooser, readMessage, signIn, signOut } from "./steps.ts";

setDefaultTimeout(20_000);

const UNAVAILABLE = /^error: Failed to load resource: .* status of 503 /;

describe.skipIf(!chromiumPath)("what becomes the binary, and Google's keys", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
  });

  test("a sign-in that cannot be checked is refused with a sentence", () =>
    withServer(({ origin, google, output }) =>
      visit({ browser, expected: [UNAVAILABLE] }, async ({ page }) => {
        google.play({ key_set: "failing" });
        await open(page, `${origin}/spa`);
        await choose(await openChooser(page), ADA.email);
        expect(await readMessage(page)).toContain("Google cannot be reached");
        expect(await count(page, ".person")).toBe(0);
        expect(output()).toContain('"code":"keys_unavailable"');
      }),
    ));

  test("a key that Google has just begun to use is fetched, once", () =>
    withServer(({ origin, google }) =>
      visit({ browser }, async ({ page }) => {
        await open(page, `${origin}/spa`);
        await signIn(page);
        expect(google.keySetFetches()).toBe(1);
        await signOut(page);
        await google.keys.rotate();
        await signIn(page, GRACE);
        expect(google.keySetFetches()).toBe(2);
      }),
    ));

  test("the log tells of a visit, but no secret", () =>
    withServer(({ origin, output }) =>
      visit({ browser }, async ({ page, context }) => {
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
      }),
    ));
});

async function withServer(act: (server: MainServer) => Promise<void>): Promise<void> {
  const server = await startMainServer();
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}
