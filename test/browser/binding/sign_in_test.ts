import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { PATHS } from "../../../src/paths.ts";
import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { lookFor } from "../engine.ts";
import { signInAtStandIn, watchFedCm } from "../fedcm_steps.ts";
import { PICTURE } from "../forward_auth/site_steps.ts";
import { startForAll } from "../start_for_tests.ts";
import { choose, clickGoogleButton, open, openChooser, readText, waitForPerson } from "../steps.ts";
import { endProof } from "./binding_steps.ts";
import { startBoundServer } from "./bound_server.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";
import { watchBinding } from "./watch_binding.ts";

const ACCOUNT = "/spa/account";
const GOOGLE_PAGE = `button[value="${ADA.email}"]`;
const OWN_BUTTON = "fedcm-button > button";

/** A way to sign in: how it is set up, what Ada does on the account page, and what is logged of it. */
interface Way {
  env?: Record<string, string>;
  isKnownToGoogle?: boolean;
  act(page: Page): Promise<unknown>;
  method: string;
}

const WAYS: Record<string, Way> = {
  "Google’s button": {
    act: async (page) => choose(await openChooser(page), ADA.email),
    method: "btn_confirm_add_session",
  },
  "One Tap": {
    env: { GOOGLE_ONE_TAP: "true" },
    isKnownToGoogle: true,
    act: async () => {},
    method: "fedcm",
  },
  FedCM: {
    env: { GOOGLE_SIGN_IN: "fedcm" },
    isKnownToGoogle: true,
    act: (page) => page.locator(OWN_BUTTON).click(),
    method: "fedcm_button",
  },
  "the link": {
    act: async (page) => {
      await page.goto(new URL(`/auth/google?return=${ACCOUNT}`, page.url()).href);
      await page.locator(GOOGLE_PAGE).click();
    },
    method: "link",
  },
  "the form of redirect mode": {
    env: { GOOGLE_UX_MODE: "redirect" },
    act: async (page) => {
      await clickGoogleButton(page);
      await page.locator(GOOGLE_PAGE).click();
    },
    method: "btn_confirm_add_session",
  },
};

const CHROMIUM = { name: "a session is bound after a sign-in", launch: () => launchWithKeys() };

describeInChromium(CHROMIUM, ({ visit }) => {
  for (const [name, { env, isKnownToGoogle, act, method }] of Object.entries(WAYS)) {
    const server = startForAll(() => startBoundServer(env));

    test(`by ${name}, and lives on by the key`, () =>
      visit({ expected: [REFUSED, PICTURE] }, async ({ page }) => {
        const watch = await watchBinding(page);
        const dialogs = isKnownToGoogle ? await watchFedCm(page) : null;
        const googleOrigin = server.google.origin;
        if (isKnownToGoogle) await signInAtStandIn({ page, googleOrigin }, ADA.email);
        await open(page, server.origin + ACCOUNT);
        await act(page);
        await dialogs?.selectAccount(ADA.email);
        await watch.waitFor("created Success");
        await waitForPerson(page, ADA.name);
        // The last of the page's requests.
        const isFollowing = () => server.requests.includes(`GET ${PATHS.events} 200`);
        await lookFor(async () => isFollowing(), "The page does not follow its session");
        await page.goto("about:blank");
        await endProof(page, server);
        await open(page, server.origin + ACCOUNT);
        expect(await readText(page, "#auth_navbar .person-name")).toBe(ADA.name);
        expect(await readText(page, ".rows li[id]")).toContain("bound to this device");
        expect(watch.events).toContain("refreshed Refreshed");
        expect(server.bindings()[0]).toBe("POST /auth/binding 200");
        expect(server.foyer.logLines.join("\n")).toContain(`"select_by":"${method}"`);
        const kinds = (await server.foyer.store.listEvents({ limit: 10 })).map(({ kind }) => kind);
        expect(kinds.toReversed()).toEqual(["signed_in", "session_bound"]);
      }));
  }
});
