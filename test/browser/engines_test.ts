import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev_server.ts";
import type { RunningEngine, Tab } from "./engine.ts";
import {
  choose,
  clickGoogleButton,
  goBy,
  openPage,
  readHtml,
  readPath,
  readText,
  reloadPage,
  signIn,
  signOut,
  waitForGoogleButton,
  waitForHeadline,
  waitForPerson,
} from "./engine_steps.ts";
import { ENGINES } from "./engines.ts";

setDefaultTimeout(40_000);

const ROOM = "/spa/content.secret1";
const IN_THE_ROOM = "Members";
const PLEASE_SIGN_IN = "Sign in to open Members";

/** Google's script says so when a button is drawn anew. */
const DRAWN_ANEW = /^warn: \[GSI_LOGGER\]: google.accounts.id.initialize\(\) is called mult/;
const EXPECTED = { expected: [REFUSED, DRAWN_ANEW] };

const SERVERS = {
  html: {},
  js: { GOOGLE_SIGN_IN: "js" },
  redirect: { GOOGLE_UX_MODE: "redirect" },
  fedcm: { GOOGLE_SIGN_IN: "fedcm" },
};
const servers = new Map<string, DevServer>();
const originOf = (name: keyof typeof SERVERS) => servers.get(name)?.origin ?? "";

beforeAll(async () => {
  if (!ENGINES.some(({ isInstalled }) => isInstalled)) return;
  const start = async ([name, env]: [string, Record<string, string>]) =>
    servers.set(name, await startDevServer(env));
  await Promise.all(Object.entries(SERVERS).map(start));
});

afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
});

for (const { name, isInstalled, start } of ENGINES) {
  describe.skipIf(!isInstalled)(`in ${name}`, () => {
    let engine: RunningEngine;

    beforeAll(async () => {
      engine = await start();
    });

    afterAll(() => engine?.close());

    test("a person signs in by the popup, sees the members' room, and leaves nothing behind", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, `${originOf("html")}/spa`);
        await signIn(tab, ADA);
        await enterRoom(tab);
        await reloadPage(tab);
        await waitForHeadline(tab, IN_THE_ROOM);
        await waitForPerson(tab, ADA.name);
        expect(await readPath(tab)).toBe(ROOM);

        await goBy(tab, -1);
        await waitForHeadline(tab, "Welcome back, Ada");
        expect(await readPath(tab)).toBe("/spa");
        await goBy(tab, 1);
        await waitForHeadline(tab, IN_THE_ROOM);

        await signOut(tab);
        await waitForHeadline(tab, "You are signed out");
        await expectNobody(tab);
        await signIn(tab, ADA);
        await waitForHeadline(tab, "Welcome back, Ada");
      }, EXPECTED));

    test("going back after signing out does not bring back what members saw", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, originOf("html") + ROOM);
        await signIn(tab, ADA);
        await waitForHeadline(tab, IN_THE_ROOM);
        await noteRestoredPage(tab);
        await openPage(tab, `${originOf("html")}/spa`);
        await signOut(tab);
        await goBy(tab, -1);
        await waitForHeadline(tab, PLEASE_SIGN_IN);
        await waitForGoogleButton(tab);
        expect(await readPath(tab)).toBe(ROOM);
        expect(await readRestoredPage(tab)).not.toContain(ADA.name);
        await expectNobody(tab);
        await signIn(tab, GRACE);
        await waitForHeadline(tab, "Members");
      }, EXPECTED));

    test("another tab follows who signs in and out", () =>
      engine.visit(async ({ tab: first, openTab }) => {
        await openPage(first, originOf("html") + ROOM);
        const second = await openTab();
        await openPage(second, originOf("html") + ROOM);
        await waitForHeadline(second, PLEASE_SIGN_IN);
        await signIn(first, ADA);
        await waitForHeadline(second, IN_THE_ROOM);
        await second.show();
        await signOut(second);
        await waitForHeadline(first, PLEASE_SIGN_IN);
        await expectNobody(first);
      }, EXPECTED));

    test("a person signs in with the button that a script of ours makes", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, `${originOf("js")}/spa`);
        await signIn(tab, ADA);
        await signOut(tab);
        await signIn(tab, GRACE);
        await enterRoom(tab);
      }, EXPECTED));

    test("a person signs in by the link, over Google's page and back", () =>
      engine.visit(async ({ tab }) => {
        await tab.open(`${originOf("html")}/auth/google?return=${ROOM}`);
        await choose(tab, ADA);
        await waitForHeadline(tab, IN_THE_ROOM);
        await waitForPerson(tab, ADA.name);
        expect(await readPath(tab)).toBe(ROOM);
      }, EXPECTED));

    test("a person signs in by the button that leaves the page", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, originOf("redirect") + ROOM);
        await clickGoogleButton(tab);
        await choose(tab, ADA);
        await waitForHeadline(tab, IN_THE_ROOM);
        await waitForPerson(tab, ADA.name);
        expect(await readPath(tab)).toBe(ROOM);
      }, EXPECTED));

    test("a person signs in where the browser is to ask for Google itself, by a dialog or by the link", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, originOf("fedcm") + ROOM);
        const knowsFedCm = await tab.evaluate(() => "IdentityCredential" in window);
        // FedCM is Chromium's alone, and has tests of its own; elsewhere the button is the link.
        expect(knowsFedCm).toBe(name === "Chromium");
        const shown = await tab.evaluate(
          () => document.querySelector("fedcm-button > :not([hidden])")?.tagName,
        );
        expect(shown).toBe(knowsFedCm ? "BUTTON" : "A");
        if (knowsFedCm) return;
        await tab.click("fedcm-button > a");
        await choose(tab, ADA);
        await waitForHeadline(tab, IN_THE_ROOM);
      }, EXPECTED));

    test("a person deletes their account, after a second question", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, `${originOf("html")}/spa`);
        await signIn(tab, KATHERINE);
        await tab.click("[popovertarget=account_menu]");
        await tab.click("#account_menu a[href='/spa/account']");
        await waitForHeadline(tab, "Your account");
        await tab.click("button[commandfor=delete_account][command=show-modal]");
        await tab.click("#delete_account .main");
        await waitForHeadline(tab, "Your account was deleted");
        await waitForGoogleButton(tab);
        expect(await readHtml(tab)).not.toContain(KATHERINE.email);
      }, EXPECTED));

    test("what a page complains about fails a visit", async () => {
      const visit = engine.visit(async ({ tab }) => {
        await openPage(tab, `${originOf("html")}/spa`);
        await tab.evaluate(() => {
          document.head.append(
            Object.assign(document.createElement("style"), { textContent: "*" }),
          );
        });
        await waitForGoogleButton(tab);
      }, EXPECTED);
      await expect(visit).rejects.toThrow("CSP: style-src-elem refused inline");
    });
  });
}

async function enterRoom(tab: Tab): Promise<void> {
  await tab.click(`#auth_navbar a[href="${ROOM}"]`);
  await waitForHeadline(tab, "Members");
  expect(await readPath(tab)).toBe(ROOM);
}

/** Nothing in the page tells who was there. */
async function expectNobody(tab: Tab): Promise<void> {
  const html = await readHtml(tab);
  expect(html).not.toContain(ADA.name);
  expect(html).not.toContain(ADA.email);
  expect(await readText(tab, ".person")).toBeUndefined();
}

/** Has a page that the browser keeps for its back button note what it shows at the very first then. */
async function noteRestoredPage(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    window.addEventListener("pageshow", () => {
      Object.assign(window, { restored: document.documentElement.outerHTML });
    });
  });
}

/** What {@linkcode noteRestoredPage} noted; nothing where the page was loaded anew. */
async function readRestoredPage(tab: Tab): Promise<string> {
  return await tab.evaluate(() => String(Reflect.get(window, "restored") ?? ""));
}
