import puppeteer, { type Browser, type BrowserContext, type Page } from "puppeteer-core";

import type { EngineOptions } from "./engine.ts";

/** Where Chromium is on this machine, or `null`: browser tests are skipped then. */
export const chromiumPath: string | null =
  process.env.CHROMIUM_PATH ||
  ["chromium", "chromium-browser", "google-chrome"].map((name) => Bun.which(name)).find(Boolean) ||
  null;

/** How long a wait may take, in milliseconds, before it fails with its own words. */
const PATIENCE_MS = 10_000;

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** What any page may say: Google's script, when a button is drawn anew. */
const ALWAYS_EXPECTED = [/^warn: \[GSI_LOGGER\]: google.accounts.id.initialize\(\) is called mult/];

/** Chromium's note on an answer of 401 or 403: for tests that expect a refusal. */
export const REFUSED = /^error: Failed to load resource: .* status of 40[13] /;

/** How to start Chromium. It has no windows unless there is a `display`, and a profile of its own. */
export interface LaunchOptions extends EngineOptions {
  userDataDir?: string;
  /** The name of an X display. */
  display?: string;
  /** The languages that its user reads, the best first. */
  languages?: string;
  /** More arguments of Chromium's own. */
  args?: string[];
}

/** Starts a Chromium. */
export function launchChromium({
  userDataDir,
  display,
  languages,
  args = [],
  acceptInsecureCerts = false,
}: LaunchOptions = {}): Promise<Browser> {
  if (!chromiumPath) throw new Error("There is no Chromium: set CHROMIUM_PATH");
  return puppeteer.launch({
    executablePath: chromiumPath,
    headless: display === undefined,
    env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
    args: [...ARGS, ...args, ...(languages === undefined ? [] : [`--accept-lang=${languages}`])],
    userDataDir,
    acceptInsecureCerts,
    // People's browsers have that cache.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
}

/** A browser context, and the tabs in it. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** One more tab. */
  openTab(): Promise<Page>;
}

/** What a visit is made with; `expected` are the complaints that the page may have. */
export interface VisitOptions {
  browser: Browser;
  expected?: RegExp[];
}

/**
 * Runs `act` in a context of its own: like a private window, it shares nothing with others. Throws if one of
 * its pages had an uncaught error, wrote an error or a warning to the console or broke its content security
 * policy, unless that is expected.
 */
export async function visit(
  { browser, expected = [] }: VisitOptions,
  act: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.createBrowserContext();
  await visitIn({ context, expected, close: () => context.close() }, act);
}

/** Like {@linkcode visit}, but in a window that is not private: only there FedCM signs people in by itself. */
export async function visitWithProfile(act: (visit: Visit) => Promise<void>): Promise<void> {
  const browser = await launchChromium();
  const context = browser.defaultBrowserContext();
  await visitIn({ context, expected: [], close: () => browser.close() }, act);
}

interface VisitedContext {
  context: BrowserContext;
  expected: RegExp[];
  close(): Promise<void>;
}

async function visitIn(
  { context, expected, close }: VisitedContext,
  act: (visit: Visit) => Promise<void>,
): Promise<void> {
  const complaints: string[] = [];

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setViewport({ width: 1200, height: 800 });
    await recordComplaints(page, complaints);
    return page;
  }

  let failure: unknown;
  try {
    await act({ context, page: await openTab(), openTab });
  } catch (error) {
    failure = error;
  }
  await close();
  const isExpected = (text: string) => [...ALWAYS_EXPECTED, ...expected].some((e) => e.test(text));
  const unexpected = complaints.filter((text) => !isExpected(text));
  if (unexpected.length > 0) {
    throw new Error(`The page complained:\n${unexpected.join("\n")}`, { cause: failure });
  }
  if (failure) throw failure;
}

async function recordComplaints(page: Page, complaints: string[]): Promise<void> {
  page.on("pageerror", (error) => complaints.push(`uncaught: ${String(error)}`));
  page.on("console", (message) => {
    const type = message.type();
    if (type === "error" || type === "warn") complaints.push(`${type}: ${message.text()}`);
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (violation) => {
      console.error(`CSP: ${violation.violatedDirective} refused ${violation.blockedURI}`);
    });
  });
}
