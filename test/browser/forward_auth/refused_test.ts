import { expect, test } from "bun:test";

import { ADA, GRACE } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { startForAll } from "../start_for_tests.ts";
import { open, readText } from "../steps.ts";
import { startProtectedSites } from "./protected_sites.ts";
import { ACCESS, expectApplication, giveSession, launchForSites, PICTURE } from "./site_steps.ts";

const EXPECTED = { expected: [PICTURE, REFUSED] };

describeInChromium({ name: "an application refuses", launch: launchForSites }, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites({ APP_COLOR: "#0b6fb8" }));

  test("who may not open it, on a page that needs nothing but itself, and lets another in", () =>
    visit(EXPECTED, async ({ page }) => {
      await giveSession(page, sites, ADA);
      const address = `${sites.payroll}/pay/2026?month=11`;
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      const before = sites.requests.length;
      const response = await page.goto(address);
      expect(response?.status()).toBe(403);
      expect(await readText(page, "h1")).toBe("You can’t open Payroll");
      expect(await readText(page, "main")).toContain(ADA.email);
      // Drawn by our own sheet: the color of the brand, and a card in the middle.
      const [button, card] = await page.evaluate(() => {
        const [act, box] = [".button.main", ".card"].map((wanted) => {
          const element = document.querySelector(wanted) ?? document.body;
          const { left, right } = element.getBoundingClientRect();
          return { color: getComputedStyle(element).backgroundColor, off: left + right };
        });
        return [act?.color, Math.abs((box?.off ?? 0) - document.documentElement.clientWidth)];
      });
      expect(button).toMatch(/^oklch\(\S+ \S+ 2[45]\d/);
      expect(card).toBeLessThan(2);
      expect(asked).toEqual([address]);
      const { host, pathname, search } = new URL(address);
      const seen = sites.requests.slice(before).filter((one) => one.startsWith("payroll."));
      expect(seen).toEqual([host + pathname + search]);

      await page.locator("main .google-link").click();
      await page.locator(`button[value="${GRACE.email}"]`).click();
      await expectApplication(page, { address, person: GRACE });
    }));

  test("what scripts ask for with 401, and leads htmx to sign in and back to its page", () =>
    visit(EXPECTED, async ({ page }) => {
      await giveSession(page, sites, ADA);
      const address = `${sites.wiki}/board?tab=2`;
      await page.goto(address);
      await page.locator("[hx-get]").click();
      await page.waitForFunction(() => document.getElementById("part")?.textContent);
      expect(await readText(page, "#part")).toBe(`Loaded for ${ADA.email}`);

      await page.browserContext().deleteMatchingCookies({ name: ACCESS });
      const answers = await page.evaluate(() =>
        Promise.all(
          ["/part", "/picture.png"].map(async (path) => {
            const answer = await fetch(path, { redirect: "manual" });
            return [answer.status, answer.headers.get("content-type")];
          }),
        ),
      );
      const unauthorized = [401, "application/problem+json"];
      expect(answers).toEqual([unauthorized, unauthorized] as typeof answers);

      // Still signed in at Foyer, so the page comes again by itself.
      await page.evaluate(() => document.body.classList.add("old"));
      await page.locator("[hx-get]").click();
      await page.waitForSelector("body:not(.old) #person");
      await expectApplication(page, { address });

      await page.browserContext().deleteCookie(...(await page.browserContext().cookies()));
      await page.locator("[hx-get]").click();
      await page.waitForSelector("#sign_in");
      expect(new URL(page.url()).searchParams.get("return")).toBe(address);
    }));

  test("a frame of another application, in which nothing of Foyer is shown", () =>
    visit({ expected: [...EXPECTED.expected, /frame/i] }, async ({ page }) => {
      await giveSession(page, sites, ADA);
      await page.goto(`${sites.wiki}/board`);
      const status = page.waitForResponse((answer) => answer.url() === `${sites.payroll}/pay`);
      await page.evaluate((src) => {
        document.body.append(Object.assign(document.createElement("iframe"), { src }));
      }, `${sites.payroll}/pay`);
      const answer = await status;
      expect([answer.status(), answer.headers()["content-type"]]).toEqual([
        403,
        "application/problem+json",
      ]);
    }));
});

describeInChromium({ name: "applications are found", launch: launchForSites }, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites());

  for (const path of ["/spa", "/spa/account"]) {
    test(`at ${path}, as far as they are open`, () =>
      visit(EXPECTED, async ({ page }) => {
        await giveSession(page, sites, ADA);
        await open(page, sites.origin + path);
        const links = await page.$$eval("main a[href*='.foyer.localhost']", (all) =>
          all.map(({ textContent }) => textContent),
        );
        expect(links).toEqual(["Wiki"]);
        await page.locator(`main a[href^="${sites.wiki}"]`).click();
        await expectApplication(page, { address: `${sites.wiki}/` });
      }));
  }
});
