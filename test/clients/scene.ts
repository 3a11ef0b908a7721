import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Frame, Page } from "puppeteer-core";

import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { describeInChromium, type SharedChromium } from "../browser/describe_in_chromium.ts";
import { signInAtStandIn } from "../browser/fedcm_steps.ts";
import { startForAll } from "../browser/start_for_tests.ts";
import { launchWithThirdPartyCookies } from "../browser/third_party_cookies.ts";
import { CLIENT_ID } from "../fixture.ts";

/** The stand-in as accounts.google.com, and an application that takes it for Google. */
export interface Scene {
  google: GoogleStandIn;
  /** The application's origin. */
  origin: string;
  chromiumArgs: string[];
  stop(): Promise<void>;
}

async function startScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-clients-"));
  const google = await startGoogleStandIn({ port: 0, clientIds: [CLIENT_ID] });
  const hosts = await google.startGoogleHosts({ tlsPort: 0, proxyPort: 0 });
  const certificatePath = join(folder, "google.pem");
  writeFileSync(certificatePath, hosts.certificate);
  const application = Bun.spawn(
    [process.execPath, `${import.meta.dir}/application.ts`, CLIENT_ID],
    {
      env: { ...process.env, HTTPS_PROXY: hosts.proxyUrl, NODE_EXTRA_CA_CERTS: certificatePath },
      stdout: "pipe",
      stderr: "inherit",
    },
  );
  return {
    google,
    origin: await readOrigin(application.stdout),
    chromiumArgs: hosts.chromiumArgs,
    async stop() {
      application.kill("SIGKILL");
      await application.exited;
      await hosts.stop();
      await google.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function readOrigin(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const chunk of output) {
    said += new TextDecoder().decode(chunk);
    const [, origin] = /ready at (\S+)\n/.exec(said) ?? [];
    if (origin) return origin;
  }
  throw new Error(`The application ended:\n${said}`);
}

/** What the tests of one package share. */
interface ClientTests extends SharedChromium {
  scene: Scene;
  /** Opens a page of the application, `show` being the part of the package that it shows. */
  open(page: Page, show: string, parameters?: Record<string, string>): Promise<void>;
  signInAtGoogle(page: Page, email: string): Promise<void>;
}

/** Describes tests with a package that has Google's addresses in its code. */
export function describeClient(name: string, define: (tests: ClientTests) => void): void {
  const scene = startForAll(startScene);
  const launch = () => launchWithThirdPartyCookies({ args: scene.chromiumArgs });
  describeInChromium({ name, launch }, ({ visit }) => {
    define({
      scene,
      visit,
      async open(page, show, parameters = {}) {
        const query = new URLSearchParams({ show, client_id: CLIENT_ID, ...parameters });
        const path = name.replaceAll(/[^a-z0-9]+/g, "_").replace(/^_/, "");
        await page.goto(`${scene.origin}/pages/${path}?${query}`);
      },
      signInAtGoogle: (page, email) =>
        signInAtStandIn({ page, googleOrigin: "https://accounts.google.com" }, email),
    });
  });
}

/** Waits until the page has noted `count` items in a list, and answers with them. */
export async function readNotes<Item>(page: Page, list: string, count = 1): Promise<Item[]> {
  const found = await page.waitForFunction(
    (name, least) => {
      const items = JSON.parse(document.body?.dataset[name] ?? "[]");
      return items.length >= least ? items : null;
    },
    { polling: 30 },
    list,
    count,
  );
  return (await found.jsonValue()) as Item[];
}

/** Reads JSON that the application shows in an element. */
export async function readShown<Content>(page: Page, selector: string): Promise<Content> {
  const shown = await page.waitForSelector(selector);
  return JSON.parse((await shown?.evaluate((element) => element.textContent)) ?? "null");
}

/** Waits for the One Tap card. */
export async function findCard(page: Page): Promise<Frame> {
  const frame = await page.waitForFunction(
    () => {
      const card = document.querySelector<HTMLIFrameElement>("#credential_picker_iframe");
      return card && card.offsetHeight > 50 ? card : null;
    },
    { polling: 30 },
  );
  const card = await frame.asElement()?.contentFrame();
  if (!card) throw new Error("The card has no frame");
  return card;
}

/** Waits for the One Tap card, and takes the account of `email`. */
export async function takeCard(page: Page, email: string): Promise<void> {
  const card = await findCard(page);
  const button = await card.waitForSelector(`button[value="${email}"]`);
  await button?.click();
}
