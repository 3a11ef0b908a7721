import { chromiumPath, launchChromium } from "./chromium.ts";
import type { Engine } from "./engine.ts";
import { firefoxPath, launchFirefox } from "./firefox.ts";
import { puppeteerEngine } from "./puppeteer_engine.ts";
import { isWebKitInstalled, startWebKit } from "./webkit.ts";

export const CHROMIUM: Engine = {
  name: "Chromium",
  isInstalled: chromiumPath !== null,
  packages: ["chromium"],
  start: async (options) => puppeteerEngine(await launchChromium(options)),
};

export const FIREFOX: Engine = {
  name: "Firefox",
  isInstalled: firefoxPath !== null,
  packages: ["firefox-esr"],
  start: async (options) => puppeteerEngine(await launchFirefox(options)),
};

const WEBKIT: Engine = {
  name: "WebKit",
  isInstalled: isWebKitInstalled,
  packages: ["webkit2gtk-driver", "xvfb"],
  start: startWebKit,
};

/** The three engines that people's browsers are made of. */
export const ENGINES: readonly Engine[] = [CHROMIUM, FIREFOX, WEBKIT];
