import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { PATHS } from "../../../src/paths.ts";
import { ADA, CLIENT_ID, GRACE, setDisabled } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { lookFor } from "../engine.ts";
import { PICTURE } from "../forward_auth/site_steps.ts";
import { startForAll } from "../start_for_tests.ts";
import { clickSignOut, open, readText, waitForPerson } from "../steps.ts";
import { endProof, fetchIn, signInBound } from "./binding_steps.ts";
import { type BoundServer, startBoundServer } from "./bound_server.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";

/** How long an open page may show a session that is over, in milliseconds: about one second, and a busy machine. */
const SOON_MS = 3000;

/** What ends Ada's session, and what her page shows then. */
const ENDS: [what: string, end: (at: At) => Promise<unknown>, shows: string][] = [
  ["by signing out", ({ page }) => clickSignOut(page), "[data-nonce]"],
  ["by another device", endElsewhere, "[data-nonce]"],
  ["by an administrator who disables her", disable, ".badge.bad"],
  ["by Google’s word on her account", sendSecurityEvent, "[data-nonce]"],
];

interface At {
  page: Page;
  server: BoundServer;
}

const EXPECTED = { expected: [REFUSED, PICTURE] };
const CHROMIUM = { name: "a bound session ends", launch: () => launchWithKeys() };

describeInChromium(CHROMIUM, ({ visit }) => {
  for (const [what, end, shows] of ENDS) {
    const server = startForAll(() => startBoundServer());

    test(`${what}: the page says so soon, and the browser forgets the key`, () =>
      visit(EXPECTED, async ({ page }) => {
        const watch = await signInBound(page, server);
        await open(page, `${server.origin}/spa`);
        await waitForPerson(page, ADA.name);
        // The page is told of what ends from here on. Before, it would look by itself, some seconds later.
        const isTold = () => server.foyer.deps.loginEvents.listenerCount > 0;
        await lookFor(async () => isTold(), "The page does not follow its session");
        const begun = performance.now();
        await end({ page, server });
        await page.waitForSelector(`#auth_navbar ${shows}`);
        expect(performance.now() - begun).toBeLessThan(SOON_MS);
        await endProof(page, server);
        await fetchIn(page, PATHS.isAuthenticated);
        await watch.waitFor("ended RefreshFatalError");
        expect(watch.bound()).toEqual([]);
        expect(server.bindings().slice(1)).toEqual(["POST /auth/binding/refresh 401"]);
      }));
  }

  const idle = startForAll(() => startBoundServer({ SESSION_MAX_AGE: "600" }));

  test("by idling while the browser is closed: the person is told so, and nobody is taken for a thief", () =>
    visit(EXPECTED, async ({ page }) => {
      const watch = await signInBound(page, idle);
      await page.goto("about:blank");
      await endProof(page, idle);
      await open(page, `${idle.origin}/spa/account`);
      expect(await readText(page, "#content_section")).toContain("10 minutes");
      expect(watch.bound()).toEqual([]);
      const events = await idle.foyer.store.listEvents({ limit: 10 });
      expect(events.map(({ kind }) => kind)).not.toContain("binding_missing");
    }));

  for (const [order, prefixes] of Object.entries({ first: ["0", "f"], last: ["f", "0"] })) {
    let prefix: string | undefined;
    // Chromium asks its sessions in the order of their names.
    const id = () => (prefix ?? "8") + MACHINE.random.id().slice(1);
    const random = { ...MACHINE.random, id };
    const server = startForAll(() =>
      startBoundServer({}, { store: openSqlite(":memory:", { ...MACHINE, random }) }),
    );

    test(`by another sign-in, and is asked ${order} for a proof: the person of the new one is shown`, () =>
      visit(EXPECTED, async ({ page }) => {
        prefix = prefixes[0];
        const watch = await signInBound(page, server);
        prefix = prefixes[1];
        await page.goto(`${server.origin}/auth/google?account=another&return=/spa`);
        await page.locator(`button[value="${GRACE.email}"]`).click();
        await waitForPerson(page, GRACE.name);
        await watch.waitFor("created Success", 2);
        await page.goto("about:blank");
        await endProof(page, server);
        await open(page, `${server.origin}/spa`);
        await waitForPerson(page, GRACE.name);
        const [lost, next] = ["POST /auth/binding/refresh 401", "POST /auth/binding/refresh 200"];
        expect(server.bindings().slice(2)).toEqual(order === "first" ? [lost, next] : [next]);
        expect(watch.bound()).toHaveLength(order === "first" ? 1 : 2);
      }));
  }
});

async function endElsewhere({ server: { foyer } }: At): Promise<void> {
  const device = foyer.visitor();
  await device.signIn(ADA);
  const headers = { "x-signed-in-as": await device.shownSession(), "hx-request": "true" };
  await device.send(`${PATHS.accountSessions}?except=this`, { method: "DELETE", headers });
}

async function disable({ server: { foyer } }: At): Promise<void> {
  const [ada] = await foyer.store.findPeopleByEmail(ADA.email);
  const userId = ada?.id ?? "";
  await setDisabled(foyer, { userId, isDisabled: true });
  foyer.deps.loginEvents.publish(userId);
}

async function sendSecurityEvent({ server: { foyer, google } }: At): Promise<void> {
  const order = { kind: "account-disabled", person: ADA, clientId: CLIENT_ID } as const;
  const body = await google.issueSecurityEvent(order);
  const headers = { "content-type": "application/secevent+jwt" };
  await foyer.visitor().send(PATHS.risc, { method: "POST", headers, body });
}
