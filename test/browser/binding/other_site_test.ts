import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { enterPath } from "../../../src/paths.ts";
import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { startProtectedSites } from "../forward_auth/protected_sites.ts";
import { expectApplication, PICTURE } from "../forward_auth/site_steps.ts";
import { type RelyingPage, startRelyingPage } from "../relying_page.ts";
import { startForAll } from "../start_for_tests.ts";
import { readText, waitForHeadline, waitForPerson } from "../steps.ts";
import { endProof, signInBound } from "./binding_steps.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";

const MEMBERS = "content.secret1";
const EXPECTED = { expected: [REFUSED, PICTURE] };
const CHROMIUM = { name: "a link from another site", launch: () => launchWithKeys() };

// Chromium proves the key for its own pages and for the address bar only: the request of such a link comes without.
describeInChromium(CHROMIUM, ({ visit }) => {
  const sites = startForAll(() => startProtectedSites({ SESSION_MAX_AGE: "86400" }));
  const elsewhere: RelyingPage = startForAll(() =>
    startRelyingPage((url) => `<a href="${url.searchParams.get("to")}">There</a>`),
  );

  /** Runs `act` where the link to `address` has led Ada, whose proof has ended. */
  function follow(readAddress: () => string, act: (page: Page) => Promise<void>) {
    return () =>
      visit(EXPECTED, async ({ page }) => {
        await signInBound(page, sites);
        await page.goto(`${elsewhere.origin}/?${new URLSearchParams({ to: readAddress() })}`);
        await endProof(page, sites);
        await press(page, "a");
        await act(page);
        const events = await sites.foyer.store.listEvents({ limit: 100 });
        expect(events.map(({ kind }) => kind)).not.toContain("binding_missing");
      });
  }

  test(
    "to a page shows the person: its parts are asked for by the page itself",
    follow(
      () => `${sites.origin}/spa/${MEMBERS}`,
      async (page) => {
        await waitForPerson(page, ADA.name);
        await waitForHeadline(page, "Members");
      },
    ),
  );

  test(
    "to a page without script says that the device is not confirmed, and its first step helps",
    follow(
      () => `${sites.origin}/plain/${MEMBERS}`,
      async (page) => {
        expect(await readText(page, "h1")).toBe("Your browser could not confirm this device");
        await press(page, "main a.button.main");
        expect(await readText(page, "h1")).toBe("Members");
      },
    ),
  );

  test(
    "to a public page without script shows nobody, until the next click",
    follow(
      () => `${sites.origin}/plain/content.top`,
      async (page) => {
        expect(await readText(page, "body")).not.toContain(ADA.name);
        await press(page, `a[href="/plain/${MEMBERS}"]`);
        expect(await readText(page, "body")).toContain(ADA.name);
      },
    ),
  );

  for (const [what, readAddress] of [
    ["the way in to an application", () => sites.origin + enterPath(`${sites.wiki}/page`)],
    ["an application", () => `${sites.wiki}/page`],
  ] as const) {
    test(
      `to ${what} leads the person there`,
      follow(readAddress, (page) => expectApplication(page, { address: `${sites.wiki}/page` })),
    );
  }
});

async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}
