import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, MALLORY } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startDevServer } from "./dev_server.ts";
import { startForAll } from "./start_for_tests.ts";
import {
  choose,
  count,
  findGoogleButton,
  GOOGLE_BUTTON,
  open,
  openChooser,
  readRefusal,
  readText,
  signIn,
  signOut,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const ROOM = "/spa/content.secret1";
const IN_THE_ROOM = "Members";
const PLEASE_SIGN_IN = "Sign in to open Members";

describeInChromium("a visit", ({ visit }) => {
  describe.each(["html", "js"])("with GOOGLE_SIGN_IN=%s", (way) => {
    const server = startForAll(() => startDevServer({ GOOGLE_SIGN_IN: way }));

    test("an anonymous person sees one Google button and what is locked", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await findGoogleButton(page);
        expect(await count(page, GOOGLE_BUTTON)).toBe(1);
        expect(await count(page, "[data-nonce]")).toBe(1);
        expect(await count(page, ".person")).toBe(0);
        expect(await readText(page, `a[href="${ROOM}"]`)).toContain("(sign in to open)");
        await page.waitForSelector("#sign_in google-slot iframe");

        await page.locator("#auth_navbar a[href$='content.secret1']").click();
        await waitForHeadline(page, PLEASE_SIGN_IN);
        await page.waitForSelector("#content_section google-slot iframe");
        expect(await count(page, GOOGLE_BUTTON)).toBe(1);
      }));

    test("signing in shows the name and the picture, and opens the members' pages", () =>
      visit(async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await signIn(page);
        expect(await count(page, GOOGLE_BUTTON)).toBe(0);
        expect(await count(page, "[data-nonce]")).toBe(0);
        await page.waitForFunction(() => {
          const picture = document.querySelector<HTMLImageElement>("#auth_navbar img.portrait");
          return picture?.complete && picture.naturalWidth > 0;
        });

        await enterRoom(page);
        expect(new URL(page.url()).pathname).toBe(ROOM);
        expect(await readText(page, "#content_section")).toContain(ADA.email);
        await page.waitForSelector(`#auth_navbar [aria-current='page'][href="${ROOM}"]`);

        await page.reload();
        await waitForHeadline(page, IN_THE_ROOM);
        await waitForPerson(page, ADA.name);
        expect(new URL(page.url()).pathname).toBe(ROOM);

        await page.goBack();
        await waitForHeadline(page, "Welcome back, Ada");
        await waitForPerson(page, ADA.name);
        expect(new URL(page.url()).pathname).toBe("/spa");
      }));

    test("signing out takes the members' content away, and signing in again opens it again", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await signIn(page);
        await enterRoom(page);
        await page.evaluate(() => document.documentElement.classList.add("never-reloaded"));

        await signOut(page);
        await waitForHeadline(page, "You are signed out");
        const html = await page.content();
        expect(html).not.toContain(ADA.email);
        expect(html).not.toContain(ADA.name);
        expect(await sessionCookies(page)).toEqual([]);

        await signIn(page);
        await waitForHeadline(page, "Welcome back, Ada");
        await enterRoom(page);
        expect(await sessionCookies(page)).toEqual([
          expect.objectContaining({
            name: "session_id",
            httpOnly: true,
            sameSite: "Lax",
            path: "/",
          }),
        ]);
        expect(await count(page, "html.never-reloaded")).toBe(1);
      }));

    test("an address that Google has not verified is refused in a plain sentence", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await choose(await openChooser(page), MALLORY.email);
        expect(await readRefusal(page)).toBe("Verify your email first");
        expect(await count(page, ".person")).toBe(0);
        expect(await sessionCookies(page)).toEqual([]);

        await signIn(page);
        expect(await readText(page, "#sign_in_message")).toBe("");
      }));

    test("somebody whom the chooser does not list signs in with a typed address", () =>
      visit(async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        const chooser = await openChooser(page);
        await chooser.type(".other input[name='email']", "barbara@elsewhere.example");
        await chooser.type(".other input[name='name']", "Barbara <Liskov> & Co");
        await chooser.keyboard.press("Enter");
        await waitForPerson(page, "Barbara <Liskov> & Co");
        expect(await readText(page, "#auth_navbar .portrait.initial")).toBe("B");
      }));

    test("a page says who is signed in, until they sign out in another tab", () =>
      visit(async ({ page, openTab }) => {
        await open(page, `${server.origin}/spa`);
        await choose(await openChooser(page), ADA.email);
        const said = "#sign_in_message [role=status] .good";
        await page.waitForSelector(said);
        expect(await readText(page, said)).toBe("Signed in as Ada Lovelace");
        const other = await openTab();
        await open(other, `${server.origin}/spa`);
        await signOut(other);
        await findGoogleButton(page);
        expect(await page.content()).not.toContain(ADA.name);
      }));

    test("closing the chooser without a choice leaves the button working", () =>
      visit(async ({ page }) => {
        await open(page, `${server.origin}/spa`);
        await (await openChooser(page)).close();
        expect(await readText(page, "#sign_in_message")).toBe("");
        await signIn(page);
      }));
  });
});

async function enterRoom(page: Page): Promise<void> {
  await page.locator(`#auth_navbar a[href="${ROOM}"]`).click();
  await waitForHeadline(page, IN_THE_ROOM);
}

async function sessionCookies(page: Page) {
  const cookies = await page.browserContext().cookies();
  return cookies.filter(({ name }) => name.endsWith("session_id"));
}
