import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "puppeteer-core";

import { launchChromium, REFUSED, visit } from "./chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { findGoogleButton, open, openChooser, signIn, waitForFrames } from "./steps.ts";

// `bun test/browser/screenshots.ts [DIR]` writes pictures of what people see.

/** One picture: of which page, for whom, and how large. */
interface Shot {
  path: string;
  size: [width: number, height: number];
  scheme: "light" | "dark";
  isSignedIn: boolean;
}

const TOP = "/spa";
const ROOM = "/spa/content.secret1";
const WIDE: Shot["size"] = [1200, 800];
const SMALL: Shot["size"] = [360, 740];

const SHOTS: Record<string, Shot> = {
  anonymous_top: { path: TOP, size: WIDE, scheme: "light", isSignedIn: false },
  member_room: { path: ROOM, size: WIDE, scheme: "light", isSignedIn: true },
  member_top_dark: { path: TOP, size: WIDE, scheme: "dark", isSignedIn: true },
  anonymous_top_360: { path: TOP, size: SMALL, scheme: "light", isSignedIn: false },
  anonymous_top_360_dark: { path: TOP, size: SMALL, scheme: "dark", isSignedIn: false },
  member_room_360_dark: { path: ROOM, size: SMALL, scheme: "dark", isSignedIn: true },
  refusal_360: { path: ROOM, size: SMALL, scheme: "light", isSignedIn: false },
};

const directory = process.argv[2] ?? "dist/screenshots";
await mkdir(directory, { recursive: true });
const server = await startDevServer();
const browser = await launchChromium();
try {
  for (const [name, shot] of Object.entries(SHOTS)) {
    await visit({ browser, expected: [REFUSED] }, async ({ page }) => {
      await show(page, shot);
      await write(name, await takePicture(page));
    });
  }
  await visit({ browser }, async ({ page, openTab }) => {
    await show(page, { path: TOP, size: [1200, 720], scheme: "light", isSignedIn: false });
    const top = await takePicture(page);
    const chooser = await openChooser(page);
    await chooser.setViewport({ width: 450, height: 640 });
    await write("chooser", await takePicture(chooser));
    await chooser.setViewport({ width: 380, height: 404 });
    const choice = await takePicture(chooser);
    await write("hero", await layOver(await openTab(), { top, choice }));
  });
} finally {
  await browser.close();
  await server.stop();
}

async function show(page: Page, { path, size, scheme, isSignedIn }: Shot): Promise<void> {
  const [width, height] = size;
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await open(page, server.origin + path);
  if (isSignedIn) {
    await signIn(page);
    await open(page, server.origin + path);
    await page.waitForFunction(() => document.querySelector("img")?.naturalWidth);
  } else {
    const button = await findGoogleButton(page);
    await button.waitForSelector("button", { visible: true });
  }
}

/** The sign-in in one picture: the account chooser over the page that it belongs to. */
async function layOver(page: Page, { top, choice }: { top: string; choice: string }) {
  await page.setViewport({ width: 1200, height: 720 });
  await page.setContent(`<style>
    body { margin: 0; background: url(data:image/png;base64,${top}) }
    img { position: absolute; right: 56px; top: 68px; border-radius: 10px;
      box-shadow: 0 0 0 1px #0002, 0 24px 64px #0006 }
    </style><img src="data:image/png;base64,${choice}">`);
  return await takePicture(page);
}

/** The page as PNG in base64. */
async function takePicture(page: Page): Promise<string> {
  await waitForFrames(page);
  return await page.screenshot({ encoding: "base64" });
}

async function write(name: string, png: string): Promise<void> {
  const path = join(directory, `${name}.png`);
  await Bun.write(path, Uint8Array.fromBase64(png));
  console.info(path);
}
