import { expect, test } from "bun:test";

import type { BrowserContext, HTTPRequest, Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  choose,
  clickGoogleButton,
  count,
  findGoogleButton,
  GOOGLE_BUTTON,
  intercept,
  open,
  openChooser,
  readRefusal,
  readText,
  signIn,
  signOut,
  waitForHeadline,
  waitForPerson,
  waitUntilLoaded,
} from "./steps.ts";

/** Our own links in the places of Google's buttons, and where they lead on the front page. */
const BUTTON_LINKS = "google-button a, google-slot a";
const OWN_LINKS = Array(2).fill("/auth/google?return=%2Fspa");
const SCRIPT_BLOCKED = /^error: Failed to load resource: net::ERR_FAILED/;
const ROUNDS = 50;

describeInChromium("signing in when things go wrong", ({ visit }) => {
  const server = startForAll(startDevServer);

  test("a blocked script of Google's leaves our own link, in the bar and in the card", () =>
    visit({ expected: [SCRIPT_BLOCKED] }, async ({ page }) => {
      let isBlocked = true;
      await intercept(page, (request) => {
        if (!isGoogleScript(request) || !isBlocked) return void request.continue();
        void request.abort();
      });
      const failed = new Promise((resolve) => page.once("requestfailed", resolve));
      await open(page, `${server.origin}/spa`);
      await failed;
      await waitUntilLoaded(page);
      expect(await readVisibleLinks(page)).toEqual(OWN_LINKS);
      expect(await count(page, GOOGLE_BUTTON)).toBe(0);

      isBlocked = false;
      await page.reload();
      await signIn(page);
    }));

  test("a slow script of Google's: our own link at once, then the button in its place", () =>
    visit(async ({ page }) => {
      const held = Promise.withResolvers<HTTPRequest>();
      await intercept(page, (request) => {
        if (isGoogleScript(request)) held.resolve(request);
        else void request.continue();
      });
      await page.goto(`${server.origin}/spa`);
      const request = await held.promise;
      await waitUntilLoaded(page);
      expect(await readVisibleLinks(page)).toEqual(OWN_LINKS);

      await request.continue();
      await findGoogleButton(page);
      await page.waitForFunction(
        (selector) => [...document.querySelectorAll<HTMLElement>(selector)].every((a) => a.hidden),
        { polling: 30 },
        BUTTON_LINKS,
      );
      await signIn(page);
    }));

  test(
    `${ROUNDS} times in and out: always one button, one chooser and one post, and nothing leaks`,
    () =>
      visit(async ({ page, context }) => {
        let choosers = 0;
        const posts: number[] = [];
        context.on("targetcreated", (target) => {
          if (target.opener()) choosers += 1;
        });
        page.on("response", (response) => {
          if (response.url() === `${server.origin}/auth/login`) posts.push(response.status());
        });
        await open(page, `${server.origin}/spa`);
        let atFirst: Record<string, number> | undefined;
        for (let round = 1; round <= ROUNDS; round += 1) {
          await signIn(page);
          expect([choosers, posts]).toEqual([round, Array(round).fill(200)]);
          await signOut(page);
          expect(await count(page, GOOGLE_BUTTON)).toBe(1);
          expect(await count(page, "[data-nonce]")).toBe(1);
          // The first round loads what stays.
          if (round === 1) atFirst = await countListeners(page);
        }
        expect(atFirst?.document).toBeGreaterThan(5);
        // A button that is being drawn listens for a moment longer.
        const deadline = Date.now() + 5000;
        let atLast = await countListeners(page);
        while (!Bun.deepEquals(atLast, atFirst) && Date.now() < deadline) {
          await Bun.sleep(50);
          atLast = await countListeners(page);
        }
        expect(atLast).toEqual(atFirst ?? {});
      }),
    120_000,
  );

  test("a popup that the browser blocks leaves the button working", () =>
    visit({ expected: [/Failed to open popup/] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await page.evaluate(() => {
        const real = window.open.bind(window);
        window.open = () => {
          window.open = real;
          return null;
        };
      });
      const blocked = new Promise((resolve) => page.once("console", resolve));
      await clickGoogleButton(page);
      await blocked;
      await signIn(page);
    }));

  test("two tabs opened at once in a fresh browser both sign in", () =>
    visit({ expected: [REFUSED] }, async ({ page: first, openTab }) => {
      const second = await openTab();
      await Promise.all([first, second].map((tab) => tab.goto(`${server.origin}/spa`)));
      await Promise.all([first, second].map(waitUntilLoaded));
      // At most one more click is asked for; with navigation bars that take turns, none is.
      const choosers = [await openChooser(first), await openChooser(second)];
      const answers = [first, second].map((tab) =>
        tab.waitForResponse(`${server.origin}/auth/login`),
      );
      for (const chooser of choosers) await choose(chooser, ADA.email);
      const posts = await Promise.all(answers);
      expect(posts.map((post) => post.status())).toEqual([200, 200]);
      await Promise.all([first, second].map((tab) => waitForPerson(tab, ADA.name)));
    }));

  test("two tabs sign in side by side, each with its own nonce", () =>
    visit(async ({ page: first, openTab }) => {
      const second = await openTab();
      await open(first, `${server.origin}/spa`);
      await second.bringToFront();
      await open(second, `${server.origin}/spa`);
      const firstChooser = await openChooser(first);
      const secondChooser = await openChooser(second);
      expect(await readNonce(first)).not.toBe(await readNonce(second));

      await choose(secondChooser, ADA.email);
      await waitForPerson(second, ADA.name);
      const answer = first.waitForResponse(`${server.origin}/auth/login`);
      await choose(firstChooser, ADA.email);
      expect((await answer).status()).toBe(200);
      await waitForPerson(first, ADA.name);

      await second.reload();
      await waitForPerson(second, ADA.name);
    }));

  test("a late answer to a dead session leaves a newer session alone", () =>
    visit(async ({ page, context }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      const ended = await sessionCookie(context);
      await signOut(page);
      if (!ended) throw new Error("There was no session");
      await context.setCookie(ended);

      const late = await holdAnswer(page, `${server.origin}/auth/auth_navbar`);
      await signIn(page, GRACE);
      const newer = await sessionCookie(context);
      expect(newer?.value).not.toBe(ended.value);

      expect(await late.release()).toContain("data-nonce");
      expect((await sessionCookie(context))?.value).toBe(newer?.value);
      await page.reload();
      await waitForPerson(page, GRACE.name);
    }));

  test("after sign-out, the browser's back button does not bring back what members saw", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      await open(page, `${server.origin}/spa/content.secret1`);
      await waitForHeadline(page, "Members");
      await open(page, `${server.origin}/spa`);
      await signOut(page);

      // The page before comes as it was, out of the browser's memory.
      await page.evaluate(() => history.back());
      await waitForHeadline(page, "Sign in to open Members");
      await findGoogleButton(page);
      expect(await page.content()).not.toContain(ADA.email);
    }));

  test("a nonce of another browser: one more click is asked for, and it works", () =>
    visit({ expected: [REFUSED] }, async ({ page, context }) => {
      await open(page, `${server.origin}/spa`);
      const nonce = await readNonce(page);
      await context.deleteMatchingCookies({ name: "sign_in", url: server.origin });
      await choose(await openChooser(page), ADA.email);
      expect(await readRefusal(page)).toBe("This sign-in is too old");
      await page.waitForSelector(`[data-nonce]:not([data-nonce="${nonce}"])`);
      expect(await count(page, ".person")).toBe(0);

      await signIn(page);
      expect(await readText(page, "#sign_in_message")).toBe("");
    }));
});

function isGoogleScript(request: HTTPRequest): boolean {
  return new URL(request.url()).pathname === "/gsi/client";
}

/** How many listeners the window and the document have, by CDP. */
async function countListeners(page: Page): Promise<Record<string, number>> {
  const session = await page.createCDPSession();
  const counts: Record<string, number> = {};
  for (const name of ["window", "document"]) {
    const { result } = await session.send("Runtime.evaluate", { expression: name });
    const { objectId = "" } = result;
    const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId });
    counts[name] = listeners.length;
  }
  await session.detach();
  return counts;
}

async function readNonce(page: Page): Promise<string> {
  return await page.$eval("[data-nonce]", (element) => element.getAttribute("data-nonce") ?? "");
}

async function sessionCookie(context: BrowserContext) {
  return (await context.cookies()).find(({ name }) => name === "session_id");
}

/**
 * Has the page fetch `url`, and the server answer that request with the cookies that the page has now;
 * the page, and the browser's cookies, meet that answer only on `release`, which resolves with its text.
 */
async function holdAnswer(page: Page, url: string): Promise<{ release(): Promise<string> }> {
  const cookies = await page.browserContext().cookies();
  const held = Promise.withResolvers<HTTPRequest>();
  await intercept(page, (request) => {
    if (request.headers()["x-late"]) held.resolve(request);
    else void request.continue();
  });
  const text = page.evaluate(async (address) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Late": "1" } });
    return await answer.text();
  }, url);
  const request = await held.promise;
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const answer = await fetch(url, { headers: { "HX-Request": "true", cookie } });
  const body = await answer.text();
  return {
    async release() {
      await request.respond({
        status: answer.status,
        headers: { "Content-Type": "text/html", "Set-Cookie": answer.headers.getSetCookie() },
        body,
      });
      return await text;
    },
  };
}

/** Where our own links lead that stand in the places of Google's buttons, and can be seen. */
async function readVisibleLinks(page: Page): Promise<(string | null)[]> {
  return await page.$$eval(BUTTON_LINKS, (links) =>
    links.filter((link) => link.checkVisibility()).map((link) => link.getAttribute("href")),
  );
}
