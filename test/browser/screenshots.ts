import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Browser, Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { ADA, GRACE } from "../fixture.ts";
import { launchChromium, REFUSED, visit } from "./chromium.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";
import { findGoogleButton, open, openChooser, signIn, waitForFrames } from "./steps.ts";

/** One picture: of which page, for whom, how large and in which colours. */
interface Shot {
  path: string;
  size: [width: number, height: number];
  scheme: "light" | "dark";
  isSignedIn: boolean;
}

const WIDE: Shot["size"] = [1200, 800];
const SMALL: Shot["size"] = [360, 740];
const ROOM = "/spa/content.secret1";
const DAY_MS = 86_400_000;
/** So that a picture of today is that of tomorrow. */
const MORNING = Date.UTC(2026, 10, 20, 9, 30);

/** Every picture by its name. */
export const SHOTS: Record<string, Shot> = {
  anonymous_top: { path: "/spa", size: WIDE, scheme: "light", isSignedIn: false },
  anonymous_top_360_dark: { path: "/spa", size: SMALL, scheme: "dark", isSignedIn: false },
  list: { path: "/spa/content.list", size: WIDE, scheme: "light", isSignedIn: false },
  list_360: { path: "/spa/content.list", size: SMALL, scheme: "light", isSignedIn: false },
  refusal_360: { path: ROOM, size: SMALL, scheme: "light", isSignedIn: false },
  room_dark: { path: ROOM, size: WIDE, scheme: "dark", isSignedIn: true },
  account: { path: "/spa/account", size: WIDE, scheme: "light", isSignedIn: true },
  account_360_dark: { path: "/spa/account", size: SMALL, scheme: "dark", isSignedIn: true },
  admin: { path: "/spa/admin", size: WIDE, scheme: "light", isSignedIn: true },
  admin_360_dark: { path: "/spa/admin", size: SMALL, scheme: "dark", isSignedIn: true },
  audit_log_dark: { path: "/spa/record", size: WIDE, scheme: "dark", isSignedIn: true },
};

/** Takes every picture, and writes them into `directory` as PNG. */
export async function takeScreenshots(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const write = (name: string, png: string) =>
    Bun.write(join(directory, `${name}.png`), Uint8Array.fromBase64(png));
  const server = await startOwnServer({ ADMIN_EMAILS: ADA.email });
  const browser = await launchChromium();
  try {
    await write("hero", await takeHero(browser, server));
    await fill(server);
    for (const [name, shot] of Object.entries(SHOTS)) {
      await visit({ browser, expected: [REFUSED] }, async ({ page }) => {
        await show(page, server.origin, shot);
        await write(name, await takePicture(page));
      });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Some weeks of a small application's life. */
async function fill({ foyer, clock }: OwnServer): Promise<void> {
  await foyer.store.tables.customers.add(createDemoCustomers(1000));
  clock.now = MORNING - 29 * DAY_MS;
  for (let day = 0; day < 30; day += 1) {
    for (let number = 0; number < 2 + ((day * 7) % 5); number += 1) {
      const sub = String(1000 + ((day + number) % 9));
      const name = createDemoCustomers(9)[Number(sub) - 1000]?.name ?? "";
      const email = `${name.split(" ")[0]?.toLowerCase()}@gmail.com`;
      const visitor = foyer.visitor();
      await visitor.signIn({ ...GRACE, sub, name, email });
      if (number === 1) await visitor.post("/auth/login", { credential: "a.b.c" });
    }
    await foyer.deps.refusals.flush();
    clock.now = MORNING - (28 - day) * DAY_MS;
  }
  clock.now = MORNING;
}

async function show(page: Page, origin: string, { path, size, scheme, isSignedIn }: Shot) {
  const [width, height] = size;
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await open(page, origin + path);
  if (isSignedIn) {
    await signIn(page);
    await open(page, origin + path);
    await page.waitForFunction(() => document.querySelector("img")?.naturalWidth);
  } else {
    const button = await findGoogleButton(page);
    await button.waitForSelector("button", { visible: true });
  }
}

/** The sign-in in one picture: the account chooser over the page that it belongs to. */
async function takeHero(browser: Browser, server: OwnServer): Promise<string> {
  let hero = "";
  await visit({ browser }, async ({ page, openTab }) => {
    const size: Shot["size"] = [1200, 720];
    await show(page, server.origin, { path: "/spa", size, scheme: "light", isSignedIn: false });
    const top = await takePicture(page);
    const chooser = await openChooser(page);
    await chooser.setViewport({ width: 380, height: 404 });
    const choice = await takePicture(chooser);
    const both = await openTab();
    await both.setViewport({ width: 1200, height: 720 });
    await both.setContent(`<style>
      body { margin: 0; background: url(data:image/png;base64,${top}) }
      img { position: absolute; right: 56px; top: 68px; border-radius: 10px;
        box-shadow: 0 0 0 1px #0002, 0 24px 64px #0006 }
      </style><img src="data:image/png;base64,${choice}">`);
    hero = await takePicture(both);
  });
  return hero;
}

/** The page as PNG in base64. */
async function takePicture(page: Page): Promise<string> {
  await waitForFrames(page);
  return await page.screenshot({ encoding: "base64" });
}

// `bun run screenshots` renews those in the README.
if (import.meta.main) await takeScreenshots(join(import.meta.dir, "screenshots"));
