import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../foyer_process.ts";
import {
  type EngineOptions,
  type EngineVisit,
  lookFor,
  type RunningEngine,
  type VisitOptions,
} from "./engine.ts";
import { startVirtualDisplay } from "./virtual_display.ts";
import { beginSession, type WebDriverSession } from "./webdriver.ts";
import { openedTabs } from "./webkit_tab.ts";

/** Whether WebKitGTK's driver, which brings its browser, and a screen for it are on this machine. */
export const isWebKitInstalled = Boolean(Bun.which("WebKitWebDriver") && Bun.which("Xvfb"));

const CAPABILITIES = {
  // Pages are looked at while they load, so that hardly a complaint is missed.
  pageLoadStrategy: "none",
  "webkitgtk:browserOptions": {
    args: [
      "--automation",
      // WebKit does not count a click that comes through a MessagePort, as that in Google's frame does.
      "--javascript-can-open-windows-automatically=true",
    ],
  },
};

/** How long a browser may take to start, in milliseconds, at each attempt; most take half a second. */
const PATIENCE_MS = [2500, 5000, 10_000];

/** WebKitGTK on a screen of its own; each visit has a driver and a browser of its own. */
export async function startWebKit(options: EngineOptions = {}): Promise<RunningEngine> {
  const home = await mkdtemp(join(tmpdir(), "foyer_webkit_"));
  const display = await startVirtualDisplay();
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    DISPLAY: display.name,
    GDK_BACKEND: "x11",
    NO_AT_BRIDGE: "1",
  };
  return {
    async visit(act, expected) {
      const { session, stop } = await startBrowser(env, options);
      try {
        await visitWith(session, act, expected);
      } finally {
        // Where the browser is gone already, there is nothing to end.
        await session.end().catch(() => {});
        await stop();
      }
    },
    async close() {
      await display.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface StartedBrowser {
  session: WebDriverSession;
  stop(): Promise<void>;
}

/** Tries again with another driver, as one and its browser may miss each other on a busy machine. */
async function startBrowser(
  env: Record<string, string>,
  options: EngineOptions,
): Promise<StartedBrowser> {
  let failure: unknown;
  for (const patienceMs of PATIENCE_MS) {
    const port = freePort();
    const driver = Bun.spawn(["WebKitWebDriver", `--port=${port}`], {
      env,
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
    async function stop(): Promise<void> {
      driver.kill();
      await driver.exited;
    }
    const origin = `http://127.0.0.1:${port}`;
    try {
      const isReady = async () => (await fetch(`${origin}/status`)).ok;
      await lookFor(isReady, "WebKitWebDriver does not answer");
      const session = await beginSession(origin, {
        capabilities: { ...CAPABILITIES, ...options },
        patienceMs,
      });
      return { session, stop };
    } catch (error) {
      await stop();
      failure = error;
    }
  }
  throw failure;
}

async function visitWith(
  session: WebDriverSession,
  act: (visit: EngineVisit) => Promise<void>,
  { expected = [] }: VisitOptions = {},
): Promise<void> {
  const { first, openTab, complaints } = await openedTabs(session);
  let failure: unknown;
  try {
    await act({ tab: first, openTab });
  } catch (error) {
    failure = error;
  }
  const unexpected = complaints.filter((text) => !expected.some((known) => known.test(text)));
  if (unexpected.length > 0) {
    throw new Error(`The page complained:\n${unexpected.join("\n")}`, { cause: failure });
  }
  if (failure) throw failure;
}
