import puppeteer, { type Browser } from "puppeteer-core";

import type { EngineOptions } from "./engine.ts";

/** Where Firefox is on this machine, or `null`. */
export const firefoxPath: string | null =
  process.env.FIREFOX_PATH || Bun.which("firefox-esr") || Bun.which("firefox");

/** Preferences by the names in `about:config`. */
interface FirefoxOptions extends EngineOptions {
  preferences?: Record<string, boolean | number | string>;
}

/** Starts a Firefox without a window, driven by WebDriver BiDi, with some preferences of the test. */
export function launchFirefox({
  preferences = {},
  acceptInsecureCerts = false,
}: FirefoxOptions = {}): Promise<Browser> {
  if (!firefoxPath) throw new Error("There is no Firefox: set FIREFOX_PATH");
  return puppeteer.launch({
    browser: "firefox",
    executablePath: firefoxPath,
    headless: true,
    acceptInsecureCerts,
    // As people have them: the popup blocker and the back/forward cache, which Puppeteer switches off.
    extraPrefsFirefox: {
      "dom.disable_open_during_load": true,
      "fission.bfcacheInParent": true,
      ...preferences,
    },
  });
}
