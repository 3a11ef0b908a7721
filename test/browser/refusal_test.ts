import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE, KATHERINE, MALLORY } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  choose,
  count,
  findGoogleButton,
  intercept,
  open,
  openChooser,
  readMessage,
  readRefusal,
  readText,
  signIn,
  waitForHeadline,
  waitForPerson,
} from "./steps.ts";

const CARD = "#sign_in[data-refusal]";
const ANOTHER = `${CARD} a[href*="account=another"]`;
const UNAVAILABLE = /^error: Failed to load resource: .* status of 503 /;

describeInChromium("a refused sign-in", ({ visit }) => {
  const server: OwnServer = startForEach(() =>
    startOwnServer({ SIGN_UP: "closed", ADMIN_EMAILS: ADA.email, APP_SUPPORT: "help@example.com" }),
  );

  test("stands in the place of the sign-in card, with the focus, and offers another account", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await choose(await openChooser(page), GRACE.email);
      expect(await readRefusal(page)).toBe("You need an invitation");
      expect(await readText(page, `${CARD} #refusal_text`)).toContain(GRACE.email);
      expect(await readText(page, "#sign_in_message")).toBe("");
      expect(await count(page, "#sign_in")).toBe(1);
      await page.click(ANOTHER);
      await page.waitForSelector(`button[value="${ADA.email}"]`);
      await page.click(`button[value="${ADA.email}"]`);
      await waitForPerson(page, ADA.name);
      expect(new URL(page.url()).pathname).toBe("/spa");
    }));

  test("leaves Google's button in the bar working, on the page that the person wanted", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa/content.secret1`);
      await choose(await openChooser(page), GRACE.email);
      await readRefusal(page);
      expect(await page.$eval(ANOTHER, (link) => link.getAttribute("href"))).toBe(
        "/auth/google?account=another&return=%2Fspa%2Fcontent.secret1",
      );
      await choose(await openChooser(page), MALLORY.email);
      await page.waitForSelector(`${CARD}[data-refusal=email_unverified]`);
      expect(await readRefusal(page)).toBe("Verify your email first");
      await signIn(page);
      await waitForHeadline(page, "Members");
      expect(await count(page, CARD)).toBe(0);
    }));

  test("is a message with a next step where the page has no card", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa/content.list`);
      await choose(await openChooser(page), GRACE.email);
      const text = await readMessage(page);
      expect(text).toContain(`You need an invitation. ${GRACE.email} has no account here yet.`);
      expect(await count(page, '#sign_in_message [role=alert] a[href*="account=another"]')).toBe(1);
    }));

  test("names nobody any more when somebody comes back to the page", () =>
    visit({ expected: [REFUSED] }, async ({ page }) => {
      await open(page, `${server.origin}/spa`);
      await choose(await openChooser(page), GRACE.email);
      await readRefusal(page);
      await page.goto(`${server.google.origin}`);
      await page.goBack();
      await findGoogleButton(page);
      expect(await page.content()).not.toContain(GRACE.email);
      expect(await readText(page, "#sign_in h2")).toBe("Sign in to Foyer");
    }));
});

describeInChromium("a sign-in that cannot be checked", ({ visit }) => {
  const server: OwnServer = startForEach(() => startOwnServer());

  const refuse = async (page: Page) => {
    server.google.play({ key_set: "failing" });
    await open(page, `${server.origin}/spa`);
    // Only the person's own script waits, and it waits real seconds.
    await choose(await openChooser(page), KATHERINE.email);
    await page.waitForSelector(`${CARD} [data-retry_after="5"]`);
  };

  test("is tried again once by itself, and then only by its button", () =>
    visit({ expected: [UNAVAILABLE] }, async ({ page }) => {
      await refuse(page);
      expect(await readRefusal(page)).toBe("We can’t reach Google right now");
      expect(await readText(page, CARD)).toContain("Trying again in 5 seconds…");
      server.clock.pass(6000);
      await page.waitForSelector(`${CARD}:not(:has([data-retry_after]))`);
      expect(await readText(page, CARD)).not.toContain("Trying again");
      server.google.play({ key_set: "served" });
      // The pause before the next attempt has doubled.
      server.clock.pass(11_000);
      await page.click(`${CARD} [data-retry]`);
      await waitForPerson(page, KATHERINE.name);
    }));

  test("signs the person in when Google is there again", () =>
    visit({ expected: [UNAVAILABLE] }, async ({ page }) => {
      await refuse(page);
      server.google.play({ key_set: "served" });
      server.clock.pass(6000);
      await waitForPerson(page, KATHERINE.name);
    }));

  test("is not tried by itself when somebody has signed in meanwhile", () =>
    visit({ expected: [UNAVAILABLE] }, async ({ page, openTab }) => {
      await refuse(page);
      server.google.play({ key_set: "served" });
      server.clock.pass(6000);
      const posts: string[] = [];
      page.on("request", (request) => posts.push(`${request.method()} ${request.url()}`));
      const other = await openTab();
      await open(other, `${server.origin}/spa`);
      await signIn(other, ADA);
      await waitForPerson(page, ADA.name);
      // A timer of the page that ends after that of our script.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 5100)));
      expect(posts.filter((post) => post.startsWith("POST"))).toEqual([]);
      expect(await readText(page, "#auth_navbar .person-name")).toBe(ADA.name);
    }));
});

describeInChromium("while Google's answer is checked", ({ visit }) => {
  const server: OwnServer = startForEach(() => startOwnServer());

  describe.each([
    ["/spa", true],
    ["/spa/content.list", false],
  ])("%s", (path, hasCard) => {
    test("says so at once, to eyes and ears, and not any more after the answer", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        await open(page, `${server.origin}${path}`);
        const answer = Promise.withResolvers<void>();
        await intercept(page, async (request) => {
          if (request.url().endsWith("/auth/login")) await answer.promise;
          await request.continue();
        });
        await choose(await openChooser(page), MALLORY.email);
        await page.waitForSelector("google-button[aria-busy=true]");
        expect(await readText(page, "#sign_in_message [role=status]")).toBe("Signing you in…");
        const places = await page.$$eval(".signing-in", (all) =>
          all.map((place) => place.checkVisibility({ visibilityProperty: true })),
        );
        expect(places).toEqual(hasCard ? [true] : []);
        answer.resolve();
        if (hasCard) await readRefusal(page);
        else expect(await readMessage(page)).toContain("Verify your email");
        expect(await readText(page, "#sign_in_message [role=status]")).toBe("");
        expect(await count(page, "google-button[aria-busy=true]")).toBe(0);
      }));
  });
});
