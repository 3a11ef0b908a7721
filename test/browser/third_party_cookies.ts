import { rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "puppeteer-core";

import { launchChromium, type LaunchOptions } from "./chromium.ts";

/**
 * Starts a Chromium that lets frames of another site have their cookies, as Chrome does; Debian's Chromium
 * and private windows do not.
 */
export async function launchWithThirdPartyCookies(options: LaunchOptions = {}): Promise<Browser> {
  const userDataDir = await mkdtemp(join(tmpdir(), "foyer_profile_"));
  await mkdir(join(userDataDir, "Default"));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await Bun.write(join(userDataDir, "Default/Preferences"), JSON.stringify(preferences));
  const browser = await launchChromium({ ...options, userDataDir });
  browser.process()?.once("exit", () => {
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return browser;
}

/** Makes the page one of a browser without FedCM. */
export async function removeFedCm(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => Reflect.deleteProperty(window, "IdentityCredential"));
}
