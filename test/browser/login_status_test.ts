import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  clickSignOut,
  count,
  intercept,
  open,
  passTime,
  readMessage,
  signIn,
  signOut,
  waitForHeadline,
  waitForPerson,
  waitUntilLoaded,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const IN_THE_ROOM = "Members";
const PLEASE_SIGN_IN = "Sign in to open Members";
const CONFLICT = /^error: Failed to load resource: .* status of 409 /;

describeInChromium("the login status", ({ visit }) => {
  const server = startForAll(startOwnServer);

  const streams = () => server.foyer.deps.loginEvents.listenerCount;

  async function waitForStreams(wanted: number): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (streams() !== wanted) {
      if (Date.now() > deadline) throw new Error(`${streams()} streams instead of ${wanted}`);
      await Bun.sleep(10);
    }
  }

  test("every tab follows when somebody signs in or out in one", () =>
    visit({ expected: [REFUSED] }, async ({ page: first, openTab }) => {
      const second = await openTab();
      await open(first, server.origin + ROOM);
      await open(second, server.origin + ROOM);
      await waitForHeadline(second, PLEASE_SIGN_IN);

      await signIn(first);
      await waitForPerson(second, ADA.name);
      await waitForHeadline(second, IN_THE_ROOM);

      await second.bringToFront();
      await signOut(second);
      await waitForHeadline(first, PLEASE_SIGN_IN);
      expect(await first.content()).not.toContain(ADA.email);
      expect(await count(first, ".person")).toBe(0);
    }));

  test("every tab follows when somebody signs in on Google's page", () =>
    visit({ expected: [REFUSED] }, async ({ page: first, openTab }) => {
      await open(first, server.origin + ROOM);
      const second = await openTab();
      await second.goto(`${server.origin}/auth/google`);
      await second.locator(`button[value="${GRACE.email}"]`).click();
      await waitForPerson(second, GRACE.name);
      await waitForPerson(first, GRACE.name);
    }));

  test("eight tabs have one stream, whichever of them is closed or seen", () =>
    visit({ expected: [REFUSED] }, async ({ page: first, openTab }) => {
      await open(first, `${server.origin}/spa`);
      await signIn(first);
      const tabs = [first];
      for (let number = 2; number <= 8; number += 1) {
        const tab = await openTab();
        await open(tab, `${server.origin}/spa`);
        tabs.push(tab);
      }
      await waitForStreams(1);
      await tabs[3]?.bringToFront();
      await waitForPerson(tabs[3] as Page, ADA.name);
      await waitForStreams(1);
      // The one that was opened last and the one that was seen last.
      await tabs[7]?.close();
      await tabs[3]?.close();
      await waitForStreams(1);
      const requests: string[] = [];
      for (const tab of tabs) tab.on("request", (request) => requests.push(request.url()));
      await signOut(await shown(tabs[0]));
      await waitForStreams(0);
      for (const tab of tabs.filter((one) => !one.isClosed())) {
        await tab.waitForFunction(() => document.querySelector("[data-nonce]"), { polling: 30 });
        await waitUntilLoaded(tab);
      }
      // Six tabs with two parts each, and a little by chance: they do not send each other round in circles.
      expect(requests.filter((url) => url.endsWith("auth_navbar")).length).toBeLessThan(20);
    }));

  test("a session that is ended elsewhere is over on screen within a second", () =>
    visit({ expected: [REFUSED] }, async ({ page, context, openTab }) => {
      const second = await openTab();
      await open(page, server.origin + ROOM);
      await signIn(page);
      await waitForHeadline(page, IN_THE_ROOM);
      await open(second, server.origin + ROOM);
      await waitForHeadline(second, IN_THE_ROOM);
      await waitForStreams(1);

      // Somebody else with the same cookie, out of the browser's sight.
      const device = new RemoteVisitor(server.origin);
      for (const { name, value } of await context.cookies()) device.cookies.set(name, value);
      const begun = performance.now();
      await device.post("/auth/logout");
      await waitForHeadline(page, PLEASE_SIGN_IN);
      await waitForHeadline(second, PLEASE_SIGN_IN);
      expect(performance.now() - begun).toBeLessThan(1000);
    }));

  test("a stream that breaks is opened again, also after an answer that is none", () =>
    visit({ expected: [/status of 503/] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      await waitForStreams(1);
      let refusals = 1;
      await intercept(page, (request) => {
        const isRefused = request.url().endsWith("/auth/events") && refusals > 0;
        if (isRefused) refusals -= 1;
        void (isRefused ? request.respond({ status: 503 }) : request.continue());
      });
      // As when the server goes down, and is not quite up again.
      server.foyer.deps.loginEvents.close();
      await waitForStreams(0);
      await waitForStreams(1);
      expect(refusals).toBe(0);
      await waitForPerson(page, ADA.name);
    }));

  test("a page that was drawn for one person does not act for another", () =>
    visit({ expected: [CONFLICT] }, async ({ page: stale, openTab }) => {
      await deafen(stale);
      await open(stale, `${server.origin}/spa`);
      await signIn(stale);
      const other = await openTab();
      await open(other, `${server.origin}/spa`);
      await signOut(other);
      await signIn(other, GRACE);

      await stale.bringToFront();
      await clickSignOut(stale);
      expect(await readMessage(stale)).toContain("You are now signed in as");
      await waitForPerson(stale, GRACE.name);
      await other.reload();
      await waitForPerson(other, GRACE.name);
    }));

  test("an idle session ends on screen, and an idle tab keeps none alive", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, server.origin + ROOM);
      await signIn(page);
      await waitForHeadline(page, IN_THE_ROOM);
      await waitForStreams(1);
      server.clock.pass(599_000);
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await waitForHeadline(page, IN_THE_ROOM);
      // The stream looks after the session every five seconds.
      server.clock.pass(2000);
      await waitForHeadline(page, "You are signed out");
      await waitForStreams(0);
    }));

  test("a person who only reads is not signed out", () =>
    visit(async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      for (let round = 0; round < 3; round += 1) {
        server.clock.pass(400_000);
        await passTime(page, 400_000);
        const told = page.waitForResponse((response) => response.request().method() === "HEAD");
        await page.keyboard.press("ArrowDown");
        expect((await told).status()).toBe(200);
      }
      await page.reload();
      await waitForPerson(page, ADA.name);
    }));

  test("nothing of a member's is left in the back/forward cache, nor in htmx's history", () =>
    visit({ expected: [REFUSED, /status of 404/] }, async ({ page, context }) => {
      await open(page, `${server.origin}/spa`);
      await signIn(page);
      await page.locator(`#auth_navbar a[href="${ROOM}"]`).click();
      await waitForHeadline(page, IN_THE_ROOM);
      await page.goto(`${server.origin}/healthz`);
      await context.deleteMatchingCookies({ name: "session_id", url: server.origin });
      await page.evaluate(() => history.back());
      await waitForHeadline(page, PLEASE_SIGN_IN);
      expect(await page.content()).not.toContain(ADA.email);
      await page.evaluate(() => history.back());
      await waitForHeadline(page, "Your team’s pages, in one place");
      expect(await page.content()).not.toContain(ADA.name);
    }));
});

/** Keeps a tab from hearing of the others, as one that is frozen does not. */
async function deafen(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    Object.assign(window, {
      BroadcastChannel: class extends EventTarget {
        postMessage() {}
      },
      EventSource: class extends EventTarget {
        close() {}
      },
    });
    document.addEventListener("visibilitychange", (event) => event.stopImmediatePropagation());
  });
}

async function shown(page: Page | undefined): Promise<Page> {
  if (!page) throw new Error("There is no such tab");
  await page.bringToFront();
  return page;
}
