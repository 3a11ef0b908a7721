import { expect, test } from "bun:test";

import { ADA } from "../../fixture.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import {
  choose,
  clickGoogleButton,
  findGoogleButton,
  open,
  openChooser,
  readText,
  signIn,
  waitForHeadline,
} from "../steps.ts";
import { startProtectedSites } from "./protected_sites.ts";
import { ACCESS, expectApplication, giveSession, launchForSites, PICTURE } from "./site_steps.ts";

const DEEP = "/pages/42?tab=history&q=a%20b%26c&q=%C3%A9";
const EXPECTED = { expected: [PICTURE] };
const CHROMIUM = { name: "the way in to an application", launch: launchForSites };
const LINK = "#auth_navbar a.google-link";
const GOOGLE_PAGE = `button[value="${ADA.email}"]`;

describeInChromium(CHROMIUM, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites());

  test("says what it opens, and leads by Google's window to the place asked for", () =>
    visit(EXPECTED, async ({ page }) => {
      const address = `${sites.wiki}${DEEP}#a%20place&b`;
      await open(page, address);
      expect(new URL(page.url()).origin).toBe(sites.origin);
      expect(await readText(page, "h1")).toBe("Sign in to open Wiki");
      await choose(await openChooser(page), ADA.email);
      await expectApplication(page, { address });
    }));

  test("leads there by Google's page, when the link is chosen", () =>
    visit(EXPECTED, async ({ page }) => {
      await open(page, sites.wiki + DEEP);
      await page.locator("#sign_in .fine .google-link").click();
      await page.locator(GOOGLE_PAGE).click();
      await expectApplication(page, { address: sites.wiki + DEEP });
    }));

  test("needs no script", () =>
    visit(EXPECTED, async ({ page }) => {
      await page.setJavaScriptEnabled(false);
      const press = async (selector: string) => {
        await Promise.all([page.waitForNavigation(), page.click(selector)]);
      };
      for (const way of [[], ["noscript a"]]) {
        await page.goto(sites.wiki + DEEP);
        for (const selector of way) await press(selector);
        expect(await readText(page, "h1")).toBe("Sign in to open Wiki");
        await press("google-slot a");
        await press(GOOGLE_PAGE);
        await press("noscript button");
        await press("form button");
        await expectApplication(page, { address: sites.wiki + DEEP });
        await page.browserContext().deleteCookie(...(await page.browserContext().cookies()));
      }
    }));

  test("leads on by itself where a person signs in in another tab", () =>
    visit(EXPECTED, async ({ page, openTab }) => {
      await open(page, sites.wiki + DEEP);
      await findGoogleButton(page);
      const other = await openTab();
      await open(other, `${sites.origin}/spa`);
      await signIn(other);
      await expectApplication(page, { address: sites.wiki + DEEP });
    }));

  test("is no way at all for a person who is signed in, and keeps the place on the page", () =>
    visit(async ({ page }) => {
      await giveSession(page, sites, ADA);
      const shown: string[] = [];
      page.on("framenavigated", (frame) => shown.push(frame.url()));
      await page.goto(`${sites.wiki}${DEEP}#end`);
      await expectApplication(page, { address: `${sites.wiki}${DEEP}#end` });
      await page.browserContext().deleteMatchingCookies({ name: ACCESS });
      await page.goto(`${sites.wiki}/other#end`);
      await expectApplication(page, { address: `${sites.wiki}/other#end` });
      expect(shown).toEqual([`${sites.wiki}${DEEP}#end`, `${sites.wiki}/other#end`]);
      const cookies = await page.browserContext().cookies();
      expect(cookies.find(({ name }) => name === ACCESS)).toMatchObject({
        domain: ".foyer.localhost",
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      });
    }));

  test("says so where the browser keeps no cookie, and works when it does", () =>
    visit({ expected: [PICTURE, /status of 400/] }, async ({ page }) => {
      sites.lose(ACCESS);
      await open(page, sites.wiki + DEEP);
      await choose(await openChooser(page), ADA.email);
      await page.waitForSelector("#refusal_title");
      expect(await readText(page, "h1")).toBe("Your browser did not keep our cookie");
      expect(await readText(page, "main")).toContain("Allow cookies");
      sites.lose(null);
      await page.locator("main a.button.main").click();
      await expectApplication(page, { address: sites.wiki + DEEP });
    }));
});

describeInChromium({ ...CHROMIUM, name: "the way in, in redirect mode" }, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites({ GOOGLE_UX_MODE: "redirect" }));

  test("leads over Google's page to the page asked for", () =>
    visit(EXPECTED, async ({ page }) => {
      await open(page, sites.wiki + DEEP);
      await clickGoogleButton(page);
      await page.locator(GOOGLE_PAGE).click();
      await expectApplication(page, { address: sites.wiki + DEEP });
    }));

  test("leads there from a page that was left and is shown again", () =>
    visit(EXPECTED, async ({ page }) => {
      await open(page, sites.wiki + DEEP);
      await findGoogleButton(page);
      const link = () => page.$eval(LINK, (element) => element.getAttribute("href"));
      const before = await link();
      await page.locator('#menu a[href="/spa"]').click();
      await waitForHeadline(page, "Your team’s pages, in one place");
      expect(await link()).toBe("/auth/google?return=%2Fspa");
      await page.goBack();
      await waitForHeadline(page, "Sign in to open Wiki");
      expect(await link()).toBe(before);
      await clickGoogleButton(page);
      await page.locator(GOOGLE_PAGE).click();
      await expectApplication(page, { address: sites.wiki + DEEP });
    }));
});
