import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import puppeteer, { type Browser, type Page } from "puppeteer-core";

import { chromiumPath } from "./chromium.ts";

/** A browser over a profile of its own, which goes with it. */
export interface OwnBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts a Chromium that lets frames of another site have their cookies, as Chrome does; Debian's Chromium
 * and private windows do not.
 */
export async function launchWithThirdPartyCookies(): Promise<OwnBrowser> {
  if (!chromiumPath) throw new Error("There is no Chromium: set CHROMIUM_PATH");
  const userDataDir = await mkdtemp(join(tmpdir(), "foyer_profile_"));
  await mkdir(join(userDataDir, "Default"));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await Bun.write(join(userDataDir, "Default/Preferences"), JSON.stringify(preferences));
  const browser = await puppeteer.launch({
    executablePath: chromiumPath,
    headless: true,
    userDataDir,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Makes the page one of a browser without FedCM. */
export async function removeFedCm(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => Reflect.deleteProperty(window, "IdentityCredential"));
}
