import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { lookFor, type RunningEngine, type Tab } from "../engine.ts";
import { choose, clickGoogleButton, openPage, readText } from "../engine_steps.ts";
import { CHROMIUM, ENGINES } from "../engines.ts";
import { startForAll } from "../start_for_tests.ts";
import { startProtectedSites } from "./protected_sites.ts";

setDefaultTimeout(60_000);

const DEEP = "/pages/42?tab=history&q=a%20b%26c";
/** Pictures and the script of a Google on this machine come without TLS. */
const WITHOUT_TLS = [/127\.0\.0\.1/, /GSI_LOGGER/];
/** Whoever clicks a link while a part of the page is loading cuts that off, and WebKit says so. */
const CUT_OFF = /htmx:error: Load failed/;
const EXPECTED = { expected: [REFUSED, ...WITHOUT_TLS, CUT_OFF, /status of 401/] };

// Chromium has tests of its own.
for (const { name, isInstalled, start } of ENGINES.filter((engine) => engine !== CHROMIUM)) {
  describe.skipIf(!isInstalled)(`an application behind Foyer, in ${name}`, () => {
    const sites = startForAll(() => startProtectedSites());
    let engine: RunningEngine;

    beforeAll(async () => {
      engine = await start({ acceptInsecureCerts: true });
    });

    afterAll(() => engine?.close());

    test("is opened at the page asked for, and closed by signing out", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, sites.wiki + DEEP);
        await waitForHeading(tab, "Sign in to open Wiki");
        await signIn(tab);
        await waitForHeading(tab, "Wiki");
        expect(await readText(tab, "#asked")).toBe(DEEP);
        expect(await readText(tab, "#person")).toBe(ADA.email);
        await tab.click("[hx-get]");
        await lookFor(() => readText(tab, "#part"), "The part has not come");

        await tab.click("#sign_out");
        await waitForHeading(tab, "Do you want to sign out?");
        await tab.click("main form button");
        await waitForHeading(tab, "You are signed out");
        await tab.click(`main a[href^="${sites.wiki}"]`);
        await waitForHeading(tab, "Sign in to open Wiki");
        await signInByLink(tab);
        await waitForHeading(tab, "Wiki");
        expect(await readText(tab, "#asked")).toBe(DEEP);
      }, EXPECTED));

    async function signIn(tab: Tab): Promise<void> {
      // WebKit lets no script of a Google without TLS into a page with it.
      if (name === "WebKit") return await signInByLink(tab);
      await choose(await tab.popup(() => clickGoogleButton(tab)), ADA);
    }
  });
}

async function signInByLink(tab: Tab): Promise<void> {
  await tab.click("#sign_in .fine .google-link");
  await choose(tab, ADA);
}

async function waitForHeading(tab: Tab, text: string): Promise<void> {
  const isThere = async () => (await readText(tab, "h1")) === text;
  await lookFor(isThere, `No heading reads "${text}"`);
}
