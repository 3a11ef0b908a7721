import { join } from "node:path";

import type { Browser } from "puppeteer-core";

import { launchChromium, visit } from "./chromium.ts";
import { drawState } from "./states/draw_state.ts";
import { renewStates } from "./states/renew.ts";
import { startScene } from "./states/scene.ts";
import { openChooser, waitForFrames } from "./steps.ts";

/** Where the pictures are kept. */
export const SCREENSHOTS = join(import.meta.dir, "screenshots");
/** Every state of the interface on one sheet. */
export const SHEET = join(SCREENSHOTS, "states.webp");
/** The sign-in. */
export const HERO = join(SCREENSHOTS, "hero.png");

const WINDOW = { width: 1200, height: 720 };
const CHOOSER = { width: 380, height: 404 };

/** The sign-in in one picture, as a PNG: the account chooser over the page that it belongs to. */
export async function takeHero(browser: Browser): Promise<Uint8Array> {
  const server = await startScene();
  let hero: Uint8Array = new Uint8Array();
  await visit({ browser }, async ({ page, openTab }) => {
    const state = { name: "hero", path: "/spa", shows: "#sign_in" };
    await drawState({ page, server }, { state, look: { ...WINDOW, scheme: "light" } });
    const below = await page.screenshot({ encoding: "base64" });
    const chooser = await openChooser(page);
    await chooser.setViewport(CHOOSER);
    await waitForFrames(chooser);
    const above = await chooser.screenshot({ encoding: "base64" });
    const both = await openTab();
    await both.setViewport(WINDOW);
    await both.setContent(`<style>
      body { margin: 0; background: url(data:image/png;base64,${below}) }
      img { position: absolute; right: 56px; top: 68px; border-radius: 10px;
        box-shadow: 0 0 0 1px #0002, 0 24px 64px #0006 }
      </style><img src="data:image/png;base64,${above}">`);
    hero = await both.screenshot();
  });
  await server.stop();
  return hero;
}

// `bun run screenshots` renews the pictures, and the accessibility trees beside them.
if (import.meta.main) {
  const browser = await launchChromium();
  await Bun.write(HERO, await takeHero(browser));
  await Bun.write(SHEET, await renewStates(browser));
  await browser.close();
}
