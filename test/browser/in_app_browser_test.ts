import { expect, test } from "bun:test";

import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { count, GOOGLE_BUTTON, open, readText, signIn, waitForHeadline } from "./steps.ts";

describeInChromium("a browser inside an app", ({ visit }) => {
  const server = startForAll(startDevServer);

  test("is told to open a real one, as Google refuses it", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      const real = await page.browser().userAgent();
      await page.setUserAgent({ userAgent: `${real} [FBAN/FBIOS;FBAV/530.0]` });
      await open(page, `${server.origin}/spa`);
      await page.waitForSelector("#sign_in [data-copy]");
      expect(await readText(page, "#sign_in h2")).toBe("Open this page in your browser");
      expect(await readText(page, "#sign_in code")).toBe(page.url());
      expect(
        await page.$eval("#sign_in [data-copy]", (button) => button.getAttribute("data-copy")),
      ).toBe(page.url());
      expect(await count(page, `${GOOGLE_BUTTON}, google-slot`)).toBe(0);
      // A page that comes later has no dead button either.
      await page.click("#auth_navbar a[href$='content.secret1']");
      await waitForHeadline(page, "Sign in to open Members");
      expect(await readText(page, "#sign_in code")).toBe(page.url());
      expect(await count(page, "google-slot")).toBe(0);
      await page.click("in-app-browser a");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("sign_in_title");
      await Promise.all([page.waitForNavigation(), page.click("#sign_in .google-link")]);
      expect(await readText(page, "h1")).toBe("Access blocked");
      await page.setUserAgent({ userAgent: real });
      await open(page, `${server.origin}/spa`);
      await signIn(page);
    }));
});
