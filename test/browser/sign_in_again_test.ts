import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import {
  ADMIN_PATH,
  type AdminScene,
  waitForHistory,
  waitForMessage,
  withAdmin,
} from "./admin_steps.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { open, pressButton, readMessage, waitForHeadline, waitForPerson } from "./steps.ts";

const MINUTE_MS = 60_000;
const STEP = "#sign_in_message [role=alert] a[data-step]";

describeInChromium("an administrator, 11 minutes after signing in,", (chromium) => {
  const env = { ADMIN_EMAILS: ADA.email, SESSION_MAX_AGE: "3600" };
  const server = startForEach(() => startOwnServer(env));
  const withDesk = (act: (scene: AdminScene) => Promise<void>) =>
    withAdmin(chromium, { server, act });

  test(
    "is asked to sign in again, comes back to the same page, and makes an admin",
    withDesk(async ({ ada, openPerson }) => {
      await openPerson(ada);
      const address = ada.url();
      server.clock.pass(11 * MINUTE_MS);
      await makeAdmin(ada);
      expect(await readMessage(ada)).toContain(
        "Sign in again to do this. You signed in more than 10 minutes ago.",
      );
      await signInAgain(ada, ADA.email);
      await waitForHeadline(ada, GRACE.name);
      expect(ada.url()).toBe(address);
      await makeAdmin(ada);
      await waitForMessage(ada, `${GRACE.name} is now an admin`);
      await waitForHistory(ada, "Admin role given");
    }),
  );

  test(
    "who signs in as somebody else then, is that person, and nothing was done",
    withDesk(async ({ ada, graceId, openPerson }) => {
      await openPerson(ada);
      server.clock.pass(11 * MINUTE_MS);
      await makeAdmin(ada);
      await signInAgain(ada, KATHERINE.email);
      await waitForHeadline(ada, "Only admins can open this page");
      await waitForPerson(ada, KATHERINE.name);
      expect(await server.foyer.store.findPerson(graceId)).toMatchObject({ adminSince: null });
    }),
  );

  test(
    "gets a page instead of the audit log, and the log after signing in again",
    withDesk(async ({ ada }) => {
      await open(ada, `${server.origin}/spa/record?kind=signed_in`);
      await waitForHeadline(ada, "Audit log");
      server.clock.pass(11 * MINUTE_MS);
      await ada.locator("main a[href*=format]").click();
      await waitForHeadline(ada, "Sign in again to do this");
      await ada.locator("main a.button.main").click();
      await chooseOnPage(ada, ADA.email);
      await waitForHeadline(ada, "Audit log");
      expect(ada.url()).toBe(`${server.origin}/spa/record?kind=signed_in`);
      const status = await ada.$eval("main a[href*=format]", async (link) => {
        return (await fetch((link as HTMLAnchorElement).href)).status;
      });
      expect(status).toBe(200);
    }),
  );
});

describeInChromium("an administrator under ADMIN_AMR", (chromium) => {
  const env = { ADMIN_EMAILS: ADA.email, GOOGLE_AUTH_CLAIMS: "true", ADMIN_AMR: "hwk,mfa" };
  const server = startForEach(() => startOwnServer(env));

  test(
    "acts after signing in with a security key, and not before",
    withAdmin(chromium, {
      server,
      act: async ({ ada, openPerson }) => {
        await openPerson(ada);
        await pressButton(ada, "Disable account");
        expect(await readMessage(ada)).toContain(
          "Admins need a Google sign-in with security key or 2-step verification.",
        );
        server.google.play({ amr: "hwk" });
        await signInAgain(ada, ADA.email);
        await waitForHeadline(ada, GRACE.name);
        await pressButton(ada, "Disable account");
        await waitForHistory(ada, "Account disabled");
        await open(ada, `${server.origin}${ADMIN_PATH}.people?person=${await idOfAda()}`);
        await waitForHeadline(ada, ADA.name);
        expect(await ada.$eval("main .rows", ({ textContent }) => textContent)).toMatch(
          /Signed in to Google .+: security key/,
        );
      },
    }),
  );

  const idOfAda = async () =>
    (await server.foyer.store.findPeopleByEmail(ADA.email))[0]?.id ?? "nobody";
});

/** Answers the question whether the person becomes an admin. */
async function makeAdmin(page: Page): Promise<void> {
  await pressButton(page, "Make admin…");
  await page.waitForSelector("#make_admin[open]");
  await pressButton(page, "Make admin");
}

/** Follows the button of the message, and chooses an account on Google's page. */
async function signInAgain(page: Page, email: string): Promise<void> {
  await page.locator(STEP).click();
  await chooseOnPage(page, email);
}

async function chooseOnPage(page: Page, email: string): Promise<void> {
  await page.locator(`main li button[value="${email}"]`).click();
}
