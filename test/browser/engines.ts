import { chromiumPath, launchChromium } from "./chromium.ts";
import type { Engine } from "./engine.ts";
import { firefoxPath, launchFirefox } from "./firefox.ts";
import { puppeteerEngine } from "./puppeteer_engine.ts";
import { isWebKitInstalled, startWebKit } from "./webkit.ts";

/** The three engines that people's browsers are made of. */
export const ENGINES: readonly Engine[] = [
  {
    name: "Chromium",
    isInstalled: chromiumPath !== null,
    packages: ["chromium"],
    start: async () => puppeteerEngine(await launchChromium()),
  },
  {
    name: "Firefox",
    isInstalled: firefoxPath !== null,
    packages: ["firefox-esr"],
    start: async () => puppeteerEngine(await launchFirefox()),
  },
  {
    name: "WebKit",
    isInstalled: isWebKitInstalled,
    packages: ["webkit2gtk-driver", "xvfb"],
    start: startWebKit,
  },
];
