import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "puppeteer-core";

import { ADA } from "../../fixture.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import { readText } from "../steps.ts";
import { endProof, fetchIn, signInBound } from "./binding_steps.ts";
import { startBoundServer } from "./bound_server.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";

const MEMBERS = "/plain/content.secret1";
const INVITED = "emmy@example.com";
/** Short enough for a sign-in to stay recent, and more than the two minutes in which Chromium asks ahead of time. */
const AGE_MS = 200_000;
const REFRESH = "POST /auth/binding/refresh 200";

/** What Ada does when the bound cookie has ended, and the request that waits for the next one. */
const ROWS: [
  what: string,
  act: (page: Page, session: string) => Promise<unknown>,
  request: string,
][] = [
  [
    "a fetch",
    async (page) => expect((await fetchIn(page, "/htmx/account")).text).toContain(ADA.email),
    "GET /htmx/account 200",
  ],
  [
    "a navigation",
    async (page) => {
      await page.goto(new URL(MEMBERS, page.url()).href);
      expect(await readText(page, "h1")).toBe("Members");
    },
    `GET ${MEMBERS} 200`,
  ],
  [
    "a post with a body",
    async (page, session) => {
      const form = { session, email: INVITED };
      const { status, text } = await fetchIn(page, "/admin/invitations", form);
      expect([status, text]).toEqual([200, expect.stringContaining(INVITED)]);
    },
    "POST /admin/invitations 200",
  ],
  [
    "an event stream",
    (page) =>
      page.evaluate(
        () =>
          new Promise<void>((resolve, reject) => {
            const source = new EventSource("/auth/events");
            const close = () => source.close();
            source.onopen = () => resolve(close());
            source.onerror = () => reject(close());
          }),
      ),
    "GET /auth/events 200",
  ],
];

const CHROMIUM = { name: "the browser proves the key", launch: () => launchWithKeys() };

describeInChromium(CHROMIUM, ({ visit }) => {
  const env = { ADMIN_EMAILS: ADA.email, SIGN_UP: "closed" };
  const server = startForAll(() => startBoundServer(env, { boundAgeMs: AGE_MS }));

  for (const [what, act, request] of ROWS) {
    test(`before ${what}`, () =>
      visit(async ({ page }) => {
        const [session = ""] = (await signInBound(page, server)).bound();
        await endProof(page, server);
        await act(page, session);
        expect(server.requests.slice(-2)).toEqual([REFRESH, request]);
      }));
  }

  test("once before three requests at a time", () =>
    visit(async ({ page }) => {
      await signInBound(page, server);
      await endProof(page, server);
      const answers = await Promise.all(
        ["/htmx/account", "/htmx/content.secret1", "/auth/is_authenticated"].map((path) =>
          fetchIn(page, path),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(server.requests.slice(-4).filter((line) => line === REFRESH)).toHaveLength(1);
      expect(server.requests.at(-4)).toBe(REFRESH);
    }));

  test("before a file is downloaded", () =>
    visit(async ({ page }) => {
      await signInBound(page, server);
      for (const path of ["/account/export", "/admin/record?format=csv"]) {
        await endProof(page, server);
        expect(await download(page, path)).toContain(ADA.email);
        expect(server.requests.slice(-2)).toEqual([REFRESH, `GET ${path.split("?")[0]} 200`]);
      }
    }));
});

/** Follows a link to a file, and answers with what is in it. */
async function download(page: Page, path: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "foyer_download_"));
  const session = await page.browser().target().createCDPSession();
  const done = new Promise<string>((resolve, reject) => {
    session.on("Browser.downloadProgress", ({ state, guid }) => {
      if (state === "completed") resolve(readFileSync(join(folder, guid), "utf8"));
      if (state === "canceled") reject(new Error("The download was cancelled"));
    });
  });
  try {
    const { id } = page.browserContext();
    await session.send("Browser.setDownloadBehavior", {
      behavior: "allowAndName",
      downloadPath: folder,
      eventsEnabled: true,
      ...(id === undefined ? {} : { browserContextId: id }),
    });
    await page.$eval("main a", (link, to) => link.setAttribute("href", to), path);
    // Without a click, a second one would be stopped.
    await page.click("main a");
    return await done;
  } finally {
    await session.detach();
    rmSync(folder, { recursive: true });
  }
}
