import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { createDemoCustomers } from "../../db/customers.ts";
import { ADA } from "../fixture.ts";
import { lookFor, type RunningEngine, type Tab } from "./engine.ts";
import {
  goBy,
  openPage,
  readPath,
  reloadPage,
  signIn,
  waitForGoogleButton,
  waitForHeadline,
} from "./engine_steps.ts";
import { ENGINES } from "./engines.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";

setDefaultTimeout(60_000);

const LIST = "/spa/content.list";
const EXPECTED = {
  expected: [
    /^warn: \[GSI_LOGGER\]/,
    /^error: Failed to load resource: .* status of 40[13] /,
    /NS_BINDING_ABORTED/,
    // WebKit shows the text of /healthz in an element with a style, which our policy refuses.
    /^CSP: style-src-attr refused inline$/,
  ],
};

for (const { name, isInstalled, start } of ENGINES) {
  describe.skipIf(!isInstalled)(`history, in ${name}`, () => {
    let engine: RunningEngine;
    const server = startForAll(async () => {
      const started = await startOwnServer({ ADMIN_EMAILS: ADA.email });
      await started.foyer.store.tables.customers.add(createDemoCustomers(45));
      for (let number = 0; number < 60; number += 1) {
        const name = `Person ${number}`;
        const person = {
          ...ADA,
          sub: `sub-${number}`,
          email: `p${number}@gmail.com`,
          name,
          hasPicture: false,
        };
        await started.foyer.visitor().signIn(person);
      }
      return started;
    });

    beforeAll(async () => {
      engine = await start();
    });

    afterAll(() => engine?.close());

    test("brings back the rows that were loaded, and the place, by back, forward and reload", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        for (const rows of [40, 45]) {
          await tab.click("#load_more");
          await waitForRows(tab, rows);
        }
        expect(await tab.evaluate(() => location.search)).toBe("?shown=45");
        await scrollTo(tab, 700);

        await tab.click("#auth_navbar .menu a[href='/spa']");
        await waitForHeadline(tab, "Your team’s pages, in one place");
        expect(await scrollOf(tab)).toBe(0);
        expect(await isHeadingFocused(tab)).toBe(true);
        await goBy(tab, -1);
        await waitForHeadline(tab, "Customers");
        await waitForPlace(tab, { rows: 45, scroll: 700 });
        expect(await focusOf(tab)).not.toBe("BODY");

        await scrollTo(tab, 600);
        await reloadPage(tab);
        await waitForPlace(tab, { rows: 45, scroll: 600 });

        await goBy(tab, 1);
        await waitForHeadline(tab, "Your team’s pages, in one place");
        await goBy(tab, -1);
        await waitForPlace(tab, { rows: 45, scroll: 600 });

        // The menu opens the list from its beginning.
        await tab.click("#auth_navbar .menu a[href='/spa']");
        await waitForHeadline(tab, "Your team’s pages, in one place");
        await tab.click(`#auth_navbar .menu a[href='${LIST}']`);
        await waitForHeadline(tab, "Customers");
        await waitForPlace(tab, { rows: 20, scroll: 0 });
      }, EXPECTED));

    const ELSEWHERE: [what: string, address: () => string][] = [
      ["a page without our script", () => `${server.origin}/healthz`],
      ["another site's page", () => server.google.origin],
    ];
    test.each(ELSEWHERE)("brings back the place also over %s", (_, address) =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        await signIn(tab, ADA);
        await tab.click("#load_more");
        await waitForRows(tab, 40);
        await scrollTo(tab, 500);
        await lookFor(
          () => tab.evaluate(() => sessionStorage.getItem(history.state.entry) === "500"),
          "The place was not saved",
        );
        await tab.open(address());
        await goBy(tab, -1);
        await waitForHeadline(tab, "Customers");
        await waitForPlace(tab, { rows: 40, scroll: 500 });
      }, EXPECTED),
    );

    test("starts at the top with the next page, another order and a person, and goes back to the place", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, `${server.origin}/spa/admin.people`);
        await signIn(tab, ADA);
        await waitForHeadline(tab, "People");
        const links = [
          "#content_section a[href*='page=2']",
          "#content_section a[href*='sort=email']",
          "#content_section tbody tr:nth-child(9) a",
        ];
        for (const link of links) {
          await waitForHeadline(tab, "People");
          await tab.evaluate((selector) => {
            const found = [...document.querySelectorAll<HTMLElement>(selector)].at(-1);
            found?.scrollIntoView();
            found?.focus({ preventScroll: true });
          }, link);
          const place = await scrollOf(tab);
          const address = await tab.evaluate(() => location.href);
          expect(place).toBeGreaterThan(0);
          await tab.evaluate(
            (selector) => [...document.querySelectorAll<HTMLElement>(selector)].at(-1)?.click(),
            link,
          );
          await lookFor(
            async () => (await tab.evaluate(() => location.href)) !== address,
            "The page was not opened",
          );
          await lookFor(
            async () => (await scrollOf(tab)) === 0,
            `${link} does not start at the top`,
          );
          await lookFor(() => isHeadingFocused(tab), "No focus");
          await goBy(tab, -1);
          let scroll = 0;
          await lookFor(
            async () => Math.abs((scroll = await scrollOf(tab)) - place) <= 1,
            () => `${link}: back at ${scroll} instead of ${place}`,
          );
          expect(await tab.evaluate(() => location.href)).toBe(address);
        }
        expect(await readPath(tab)).toBe("/spa/admin.people");
      }, EXPECTED));
  });
}

const scrollTo = (tab: Tab, top: number) => tab.evaluate((y) => window.scrollTo(0, y), top);
const scrollOf = (tab: Tab) => tab.evaluate(() => Math.round(scrollY));
const focusOf = (tab: Tab) => tab.evaluate(() => document.activeElement?.tagName ?? "");
const isHeadingFocused = (tab: Tab) =>
  tab.evaluate(() => document.activeElement?.matches("main h1") ?? false);
const rowsOf = (tab: Tab) =>
  tab.evaluate(() => document.querySelectorAll("#customers tbody tr").length);

async function waitForRows(tab: Tab, rows: number): Promise<void> {
  await lookFor(async () => (await rowsOf(tab)) === rows, `There are not ${rows} rows`);
}

async function waitForPlace(tab: Tab, wanted: { rows: number; scroll: number }): Promise<void> {
  const found = { rows: 0, scroll: 0 };
  await lookFor(
    async () => {
      Object.assign(found, { rows: await rowsOf(tab), scroll: await scrollOf(tab) });
      return found.rows === wanted.rows && found.scroll === wanted.scroll;
    },
    () => `${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`,
  );
}
