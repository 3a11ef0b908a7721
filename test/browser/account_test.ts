import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  count,
  findGoogleButton,
  open,
  openAccount,
  pressButton,
  readMessage,
  readText,
  signIn,
  signOut,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const ACCOUNT = "/spa/account";
const HEADLINE = "Your account";
const ROWS = ".rows li[id]";
const QUESTION = "#delete_account[open]";
const SIGNED_OUT = "You are signed out";
const DELETED = "Your account was deleted";
const CONFLICT = /^error: Failed to load resource: .* status of 409 /;

describeInChromium("my account", ({ visit }) => {
  const server = startForEach(startOwnServer);

  /** Runs `act` with Ada signed in, who looks at her account. */
  function withMember(
    act: (at: { page: Page; openTab: () => Promise<Page> }) => Promise<void>,
    { expected = [REFUSED] }: { expected?: RegExp[] } = {},
  ) {
    return () =>
      visit({ expected }, async ({ page, openTab }) => {
        await open(page, `${server.origin}/spa`);
        await signIn(page);
        await openAccount(page);
        await waitForHeadline(page, HEADLINE);
        await act({ page, openTab });
      });
  }

  /** Signs Ada in on another device, and answers with how she is seen there. */
  async function signInElsewhere() {
    const device = server.foyer.visitor();
    await device.signIn(ADA);
    return device;
  }

  /** What the page says politely. */
  async function readStatus(page: Page): Promise<string> {
    const found = await page.waitForFunction(
      () => document.querySelector(".messages :is(output:not([role]), [role=status])")?.textContent,
      { polling: 30 },
    );
    return String(await found.jsonValue()).trim();
  }

  /** The id of the element that has the focus, or of what is around it. */
  const waitForFocusIn = (page: Page, id: string, around = "*") =>
    page.waitForFunction(
      (selector, wanted) => document.activeElement?.closest(selector)?.id === wanted,
      { polling: 30 },
      around,
      id,
    );

  const waitForRows = (page: Page, wanted: number) =>
    page.waitForFunction(
      (selector, rows) => document.querySelectorAll(selector).length === rows,
      { polling: 30 },
      ROWS,
      wanted,
    );

  test(
    "is one click on one's name away, and says who one is",
    withMember(async ({ page }) => {
      expect(new URL(page.url()).pathname).toBe(ACCOUNT);
      await page.waitForFunction(() => document.title === "Your account · Foyer", { polling: 30 });
      expect(await readText(page, "main .person")).toContain(ADA.email);
      expect(await readText(page, ROWS)).toContain("Chrome on Linux");
      expect(await readText(page, `${ROWS} .badge`)).toBe("This device");
      await page.reload();
      await waitForHeadline(page, HEADLINE);
    }),
  );

  test(
    "follows a sign-in elsewhere, and ends it",
    withMember(async ({ page }) => {
      const device = await signInElsewhere();
      await waitForRows(page, 2);
      await page.locator(`${ROWS}:not(:has(.badge)) button`).click();
      await waitForRows(page, 1);
      expect(await readStatus(page)).toBe("Unknown browser signed out");
      expect(await device.status()).toBe(401);
      expect(await count(page, `${ROWS} .badge`)).toBe(1);
    }),
  );

  test(
    "keeps the focus in the list: on the next device, at the end on the heading",
    withMember(async ({ page }) => {
      await signInElsewhere();
      await signInElsewhere();
      await waitForRows(page, 3);
      const next = await page.$eval(`${ROWS}:last-child`, ({ id }) => id);
      await page.focus(`${ROWS}:nth-child(2) button`);
      await page.keyboard.press("Enter");
      await waitForRows(page, 2);
      await waitForFocusIn(page, next, "li");
      await page.keyboard.press("Enter");
      await waitForRows(page, 1);
      await waitForFocusIn(page, "devices");
      await signInElsewhere();
      await open(page, server.origin + ACCOUNT);
      await waitForRows(page, 2);
      await pressButton(page, "Sign out other devices");
      await waitForRows(page, 1);
      await waitForFocusIn(page, "devices");
    }),
  );

  test(
    "ends all other sessions, or all",
    withMember(async ({ page }) => {
      const devices = [await signInElsewhere(), await signInElsewhere()];
      await waitForRows(page, 3);
      await pressButton(page, "Sign out other devices");
      await waitForRows(page, 1);
      expect(await readStatus(page)).toBe("2 other devices signed out");
      expect(await Promise.all(devices.map((device) => device.status()))).toEqual([401, 401]);
      await pressButton(page, "Sign out everywhere");
      await waitForHeadline(page, SIGNED_OUT);
      expect(new URL(page.url()).pathname).toBe("/spa");
      await findGoogleButton(page);
      expect(await page.content()).not.toContain(ADA.email);
    }),
  );

  test(
    "is deleted by the keyboard alone, after a second question",
    withMember(async ({ page }) => {
      await page.focus("button[commandfor=delete_account][command=show-modal]");
      await page.keyboard.press("Enter");
      await page.waitForSelector(QUESTION);
      await page.keyboard.press("Escape");
      expect(await count(page, QUESTION)).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
        "Delete account…",
      );
      await page.keyboard.press("Enter");
      await page.waitForSelector(QUESTION);
      // "Cancel" has the focus, then comes the link to the download.
      for (let stop = 0; stop < 3; stop += 1) {
        await page.keyboard.press("Tab");
        if (await page.$(`${QUESTION} .main:focus`)) break;
      }
      await page.keyboard.press("Enter");
      await waitForHeadline(page, DELETED);
      expect(new URL(page.url()).pathname).toBe("/spa");
      expect(await page.title()).toBe(`${DELETED} · Foyer`);
      await findGoogleButton(page);
      expect(await server.foyer.store.findPeopleByEmail(ADA.email)).toEqual([]);
      await signIn(page);
      await waitForHeadline(page, "Welcome back, Ada");
      await openAccount(page);
      await waitForHeadline(page, HEADLINE);
      expect(await count(page, ROWS)).toBe(1);
    }),
  );

  test(
    "is deleted only after a fresh sign-in, by the link over Google's page",
    withMember(async ({ page }) => {
      for (let minutes = 0; minutes < 10; minutes += 5) {
        server.clock.pass(300_000);
        await open(page, server.origin + ACCOUNT);
      }
      expect(await count(page, "button[commandfor=delete_account][command=show-modal]")).toBe(0);
      await page.click("main a[href^='/auth/google']");
      await page.locator(`button[value="${ADA.email}"]`).click();
      await waitForHeadline(page, HEADLINE);
      await page.click("button[commandfor=delete_account][command=show-modal]");
      await page.locator(`${QUESTION} .main`).click();
      await waitForHeadline(page, DELETED);
    }),
  );

  test(
    "is not touched by a page that was drawn for somebody else",
    withMember(
      async ({ page: stale, openTab }) => {
        // As in a tab that was frozen: it hears of nothing.
        await stale.evaluate(() => {
          const stop = (event: Event) => event.stopImmediatePropagation();
          window.addEventListener("LoginStatusChange", stop, { capture: true });
        });
        const other = await openTab();
        await open(other, `${server.origin}/spa`);
        await signOut(other);
        await signIn(other, GRACE);
        await stale.bringToFront();
        await pressButton(stale, "Delete account…");
        await stale.locator(`${QUESTION} .main`).click();
        expect(await readMessage(stale)).toContain("You are now signed in as");
        for (const { email } of [ADA, GRACE]) {
          expect(await server.foyer.store.findPeopleByEmail(email)).toHaveLength(1);
        }
        await other.reload();
        await waitForPerson(other, GRACE.name);
      },
      { expected: [REFUSED, CONFLICT] },
    ),
  );

  test(
    "is downloaded as a file without a secret",
    withMember(async ({ page }) => {
      const [href, text] = await page.$eval("main a[download]", async (link) => {
        const { href: address } = link as HTMLAnchorElement;
        return [address, await (await fetch(address)).text()];
      });
      expect(new URL(href ?? "").pathname).toBe("/account/export");
      const { person, sessions, events } = JSON.parse(text ?? "");
      expect(person.email).toBe(ADA.email);
      expect([sessions.length, events.length]).toEqual([1, 2]);
      await page.click("main a[download]");
      expect(await readStatus(page)).toBe("Download started");
      expect(new URL(page.url()).pathname).toBe(ACCOUNT);
    }),
  );
});
