import { expect, test } from "bun:test";

import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import { choose, count, findGoogleButton, open, openChooser, readText } from "../steps.ts";
import { startProtectedSites } from "./protected_sites.ts";
import { ACCESS, expectApplication, giveSession, launchForSites, PICTURE } from "./site_steps.ts";

const EXPECTED = { expected: [PICTURE, REFUSED] };

describeInChromium({ name: "signing out of applications", launch: launchForSites }, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites());

  test("takes one button, closes every tab, and leads back after the next sign-in", () =>
    visit(EXPECTED, async ({ page, context, openTab }) => {
      await giveSession(page, sites, ADA);
      const address = `${sites.wiki}/board?tab=2&q=a%26b`;
      await page.goto(address);
      const other = await openTab();
      await other.goto(`${sites.wiki}/other`);
      const own = await openTab();
      await open(own, `${sites.origin}/spa`);

      await page.bringToFront();
      await page.locator("#sign_out").click();
      await page.waitForSelector("#sign_out_title");
      expect(await readText(page, "main")).toContain(ADA.email);
      expect(await count(page, "main button")).toBe(1);
      await page.locator("main button").click();
      await page.waitForSelector("#signed_out_title");
      await findGoogleButton(page);
      expect(await readText(page, "#signed_out_title")).toBe("You are signed out");
      expect(await page.title()).toBe("You are signed out · Foyer");
      const names = (await context.cookies()).map(({ name }) => name);
      expect(names.filter((name) => name === ACCESS || name.endsWith("session_id"))).toEqual([]);

      // Foyer's own tabs follow at once, those of applications with their next request.
      await findGoogleButton(own);
      expect(await own.content()).not.toContain(ADA.name);
      await other.bringToFront();
      await other.locator("[hx-get]").click();
      await other.waitForSelector("#sign_in");
      await page.bringToFront();
      await page.locator(`main a[href^="${sites.wiki}"]`).click();
      await page.waitForSelector("#sign_in");

      // The button of the page that says so leads back, too.
      await page.goBack();
      await page.waitForSelector("#signed_out_title");
      await choose(await openChooser(page), ADA.email);
      await expectApplication(page, { address });
    }));

  test("needs no script, and can be left", () =>
    visit(EXPECTED, async ({ page }) => {
      await giveSession(page, sites, ADA);
      await page.setJavaScriptEnabled(false);
      const address = `${sites.wiki}/board?tab=2&q=a%26b`;
      const press = (selector: string) =>
        Promise.all([page.waitForNavigation(), page.click(selector)]);
      await page.goto(address);
      await press("#sign_out");
      await press(`main a[href^="${sites.wiki}"]`);
      await expectApplication(page, { address });
      await press("#sign_out");
      await press("main button");
      expect(await readText(page, "h1")).toBe("You are signed out");
      await press(`main a[href^="${sites.wiki}"]`);
      expect(await readText(page, "h1")).toBe("Sign in to open Wiki");
    }));

  test("leads to no other site by the button of its page, whatever the link beside it says", () =>
    visit(EXPECTED, async ({ page }) => {
      await page.goto(`${sites.origin}/auth/sign_out`);
      await findGoogleButton(page);
      await page.evaluate(() => {
        for (const link of document.querySelectorAll<HTMLAnchorElement>("google-slot a")) {
          link.href = "/auth/google?return=%2F%2Fevil.example%2F";
        }
      });
      await choose(await openChooser(page), ADA.email);
      await page.waitForFunction(() => location.pathname === "/spa");
      expect(new URL(page.url()).origin).toBe(sites.origin);
    }));

  test("in Foyer's own page closes applications, too", () =>
    visit(EXPECTED, async ({ page }) => {
      await giveSession(page, sites, ADA);
      await page.goto(`${sites.wiki}/board`);
      await page.goto(`${sites.origin}/auth/sign_out?return=https%3A%2F%2Fevil.example%2F`);
      await page.waitForSelector("#sign_out_title");
      expect(await page.$$("main a")).toEqual([]);
      await page.locator("main button").click();
      await page.waitForSelector("#signed_out_title");
      expect(await page.content()).not.toContain("evil.example");
      await page.goto(`${sites.wiki}/board`);
      await page.waitForSelector("#sign_in");
    }));
});
