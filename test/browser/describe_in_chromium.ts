import { afterAll, beforeAll, describe, setDefaultTimeout } from "bun:test";

import type { Browser } from "puppeteer-core";

import { chromiumPath, launchChromium, type Visit, visit } from "./chromium.ts";

/** How long a test may take, in milliseconds: longer than a wait, which fails with its own words. */
const PATIENCE_MS = 40_000;

type Act = (visit: Visit) => Promise<void>;

/** The Chromium that the tests of one `describe` share. */
export interface SharedChromium {
  /** Runs `act` as {@linkcode visit} does, in this Chromium. */
  visit(act: Act): Promise<void>;
  visit(options: { expected: RegExp[] }, act: Act): Promise<void>;
}

/** What tests are about, and how their Chromium is started. */
export interface ChromiumTests {
  name: string;
  launch: () => Promise<Browser>;
}

/** Describes tests that share one Chromium; where there is none, they are skipped. */
export function describeInChromium(
  tests: string | ChromiumTests,
  define: (chromium: SharedChromium) => void,
): void {
  const { name, launch } =
    typeof tests === "string" ? { name: tests, launch: launchChromium } : tests;
  setDefaultTimeout(PATIENCE_MS);

  describe.skipIf(!chromiumPath)(name, () => {
    let browser: Browser | undefined;

    beforeAll(async () => {
      browser = await launch();
    });

    afterAll(() => browser?.close());

    define({
      async visit(...given: [Act] | [options: { expected: RegExp[] }, Act]) {
        const [options, act] = given.length === 1 ? [{}, ...given] : given;
        if (!browser) throw new Error("Chromium runs only while a test does");
        await visit({ browser, ...options }, act);
      },
    });
  });
}
