import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, auditAt } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  clickSignOut,
  findGoogleButton,
  open,
  readText,
  signIn,
  waitForHeadline,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const SIGNED_OUT = "You are signed out";

describeInChromium("a page whose session is over", ({ visit }) => {
  const server = startForEach(startOwnServer);

  /** Runs `act` with Ada signed in, on a page for members. */
  function withMember(act: (page: Page) => Promise<void>) {
    return () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await signIn(page);
        await open(page, server.origin + ROOM);
        await waitForHeadline(page, "Members");
        await act(page);
      });
  }

  const waitForFocus = (page: Page, text: string) =>
    page.waitForFunction(
      (wanted) => document.activeElement?.textContent === wanted,
      { polling: 30 },
      text,
    );

  test(
    "says goodbye after sign-out; a reload shows the front page",
    withMember(async (page) => {
      await clickSignOut(page);
      await waitForHeadline(page, SIGNED_OUT);
      await findGoogleButton(page);
      expect(new URL(page.url()).pathname).toBe("/spa");
      expect(await page.title()).toBe(`${SIGNED_OUT} · Foyer`);
      expect(await readText(page, "main .card")).toContain("See you soon, Ada.");
      await waitForFocus(page, SIGNED_OUT);
      await page.reload();
      await waitForHeadline(page, "Your team’s pages, in one place");
      await page.goBack();
      await waitForHeadline(page, "Sign in to open Members");
    }),
  );

  test(
    "leads back to the page that was left",
    withMember(async (page) => {
      await clickSignOut(page);
      await waitForHeadline(page, SIGNED_OUT);
      await page.locator(`main a[href="${ROOM}"]`).click();
      await waitForHeadline(page, "Sign in to open Members");
    }),
  );

  test(
    "shows the front page after the next sign-in",
    withMember(async (page) => {
      await clickSignOut(page);
      await waitForHeadline(page, SIGNED_OUT);
      await signIn(page);
      await waitForHeadline(page, "Welcome back, Ada");
    }),
  );

  test(
    "says who ended it, and stays so until the next sign-in, which opens the page again",
    withMember(async (page) => {
      const { store, deps } = server.foyer;
      const [person] = await store.findPeopleByEmail(ADA.email);
      const userId = person?.id ?? "";
      await store.endSessionsOf({ userId, exceptId: null }, auditAt(server.clock.now));
      deps.loginEvents.publish(userId);
      await waitForHeadline(page, SIGNED_OUT);
      await findGoogleButton(page);
      expect(await readText(page, "main .card")).toContain("An admin signed you out.");
      expect(new URL(page.url()).pathname).toBe(ROOM);
      await waitForFocus(page, SIGNED_OUT);
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await findGoogleButton(page);
      expect(await readText(page, "main h1")).toBe(SIGNED_OUT);
      await signIn(page);
      await waitForHeadline(page, "Members");
    }),
  );

  test(
    "says after a click that nobody was active",
    withMember(async (page) => {
      server.clock.pass(600_000);
      await page.locator('#menu a[href="/spa/content.secret2"]').click();
      await waitForHeadline(page, SIGNED_OUT);
      await findGoogleButton(page);
      expect(await readText(page, "main .card")).toContain("You were not active for 10 minutes");
      expect(await readText(page, "main .card b")).toBe("Library");
    }),
  );

  test(
    "says it once on a page for everybody, as a message, until the next sign-in",
    withMember(async (page) => {
      await open(page, `${server.origin}/spa`);
      server.clock.pass(600_000);
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await findGoogleButton(page);
      const message = "#sign_in_message [role=status] .message p";
      await page.waitForSelector(message);
      expect(await readText(page, message)).toContain("You were not active for 10 minutes");
      await waitForHeadline(page, "Your team’s pages, in one place");
      await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
      await findGoogleButton(page);
      expect(await readText(page, message)).toContain("You were not active for 10 minutes");
      await signIn(page);
      expect(await page.$(`${message}::-p-text(You were not active)`)).toBeNull();
    }),
  );

  test(
    "says it on a page for everybody that was opened after it",
    withMember(async (page) => {
      await page.goto("about:blank");
      server.clock.pass(600_000);
      await open(page, `${server.origin}/spa`);
      const message = "#sign_in_message [role=status] .message p";
      await page.waitForSelector(message);
      expect(await readText(page, message)).toContain("You were not active for 10 minutes");
      await open(page, `${server.origin}/spa`);
      expect(await page.$(message)).toBeNull();
    }),
  );
});
