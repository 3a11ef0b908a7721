import { expect, test } from "bun:test";

import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import type { Page } from "puppeteer-core";

import { IDP_ERRORS } from "../../src/google_stand_in/fedcm_request.ts";
import type { Play } from "../../src/google_stand_in/play.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID, GRACE } from "../fixture.ts";
import { visitWithProfile } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, signInInFedCmPopup, watchFedCm } from "./fedcm_steps.ts";
import { startRelyingPage } from "./relying_page.ts";
import { startForAll, startForEach } from "./start_for_tests.ts";

/** What Chromium says when there is no token. */
const NO_TOKEN = [
  /accounts (list|endpoint)/,
  /Prompt dismissed/,
  /id assertion endpoint/,
  /unable to issue a token/,
  /Not signed in with/,
];

interface Outcome {
  token?: unknown;
  isAutoSelected?: boolean;
  error?: string;
  code?: string;
}

describeInChromium("the stand-in as an identity provider", ({ visit }) => {
  // Each test has people who have approved nothing yet.
  const google = startForEach(() => startGoogleStandIn({ port: 0 }));
  const site = startForAll(() => startRelyingPage(() => "<button>Sign in</button>"));

  const configURL = () => new URL("/gsi/fedcm.json", google.origin).href;

  /** Asks the browser for a token, with a click on a button; the outcome is noted in the page. */
  async function ask(
    page: Page,
    {
      mode = "active",
      mediation = "required",
    }: { mode?: "active" | "passive"; mediation?: CredentialMediationRequirement } = {},
  ): Promise<void> {
    await page.evaluate(
      ({ clientId, url, ...how }) => {
        const params = {
          response_type: "id_token",
          scope: "email profile openid",
          ss_domain: location.origin,
          nonce: "a nonce",
        };
        const provider = {
          configURL: url,
          clientId,
          fields: ["name", "email", "picture"],
          params,
        };
        const options: object = {
          mediation: how.mediation,
          identity: { mode: how.mode, context: "signin", providers: [provider] },
        };
        const note = (outcome: object) => {
          document.body.dataset.outcome = JSON.stringify(outcome);
        };
        delete document.body.dataset.outcome;
        const button = document.querySelector("button") as HTMLButtonElement;
        button.onclick = () =>
          navigator.credentials.get(options).then(
            (credential) => {
              const { token, isAutoSelected } = credential as object as Record<string, unknown>;
              note({ token, isAutoSelected });
            },
            (error) => note({ error: error.name, code: error.error }),
          );
      },
      { clientId: CLIENT_ID, url: configURL(), mode, mediation },
    );
    await page.click("button");
  }

  async function readOutcome(page: Page): Promise<Outcome> {
    const noted = await page.waitForFunction(() => document.body.dataset.outcome, { polling: 30 });
    return JSON.parse((await noted.jsonValue()) ?? "");
  }

  async function verify({ token }: Outcome): Promise<JWTPayload> {
    const keySet = createRemoteJWKSet(new URL("/oauth2/v3/certs", google.origin));
    const issuer = "https://accounts.google.com";
    return (await jwtVerify(String(token), keySet, { issuer, audience: CLIENT_ID })).payload;
  }

  test("lets somebody sign in in its popup, and hands out a token", () =>
    visit({ expected: NO_TOKEN }, async ({ page, context }) => {
      const dialogs = await watchFedCm(page);
      await page.goto(site.origin);
      await ask(page);
      await signInInFedCmPopup(context, ADA.email);
      const { accounts } = await dialogs.waitFor("AccountChooser");
      expect(accounts.map(({ email, loginState }) => ({ email, loginState }))).toEqual([
        { email: ADA.email, loginState: "SignUp" },
      ]);
      await dialogs.selectAccount(ADA.email);
      const outcome = await readOutcome(page);
      expect(outcome.isAutoSelected).toBe(false);
      expect(await verify(outcome)).toMatchObject({ sub: ADA.sub, nonce: "a nonce" });
    }));

  test("offers nothing unasked while nobody is signed in", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await page.goto(site.origin);
      await watchFedCm(page);
      await ask(page, { mode: "passive" });
      expect(await readOutcome(page)).toEqual({ error: "NetworkError" });
    }));

  test("offers everybody who is signed in, and nobody after signing out", () =>
    visit({ expected: NO_TOKEN }, async ({ page, openTab }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      for (const { email } of [ADA, GRACE]) {
        await signInAtStandIn({ page, googleOrigin: google.origin }, email);
      }
      await ask(page, { mode: "passive" });
      const { accounts } = await dialogs.waitFor("AccountChooser");
      expect(accounts.map(({ email }) => email).sort()).toEqual([ADA.email, GRACE.email]);
      await dialogs.selectAccount(GRACE.email);
      expect(await verify(await readOutcome(page))).toMatchObject({ sub: GRACE.sub });

      const tab = await openTab();
      await tab.goto(google.origin);
      await Promise.all([tab.waitForNavigation(), tab.click("form[action='/logout'] button")]);
      await page.bringToFront();
      await ask(page, { mode: "passive" });
      expect(await readOutcome(page)).toEqual({ error: "NetworkError" });
    }));

  test("takes a no", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
      await ask(page);
      await dialogs.dismiss("AccountChooser");
      expect(await readOutcome(page)).toEqual({ error: "NetworkError" });
    }));

  const JWT = expect.stringMatching(/^eyJ/);
  const SHAPES: [Play["fedcm_token"], (token: unknown) => unknown, unknown][] = [
    ["id_token_text", (token) => JSON.parse(String(token)), { id_token: JWT }],
    ["token_text", (token) => JSON.parse(String(token)), { token: JWT }],
    ["id_token_object", (token) => token, { id_token: JWT }],
    ["token_object", (token) => token, { token: JWT }],
  ];
  test.each(SHAPES)("wraps the token when that is played: %s", (shape, unwrap, expected) =>
    visit(async ({ page }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
      google.play({ fedcm_token: shape });
      await ask(page);
      await dialogs.selectAccount(ADA.email);
      expect(unwrap((await readOutcome(page)).token)).toEqual(expected);
    }),
  );

  test.each(IDP_ERRORS)("answers with the error that is played: %s", (error) =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
      google.play({ answer: error });
      await ask(page);
      await dialogs.selectAccount(ADA.email);
      await dialogs.acknowledgeError();
      expect(await readOutcome(page)).toEqual({ error: "IdentityCredentialError", code: error });
    }),
  );

  test("knows who has approved the client, until that is withdrawn", () =>
    visit({ expected: NO_TOKEN }, async ({ page }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
      await ask(page);
      await dialogs.selectAccount(ADA.email);
      await readOutcome(page);

      const loginState = async () => {
        await ask(page);
        const { accounts } = await dialogs.waitFor("AccountChooser");
        await dialogs.dismiss("AccountChooser");
        await readOutcome(page);
        return accounts[0]?.loginState;
      };
      expect(await loginState()).toBe("SignIn");
      await page.evaluate(
        async ({ clientId, url, accountHint }) => {
          const { IdentityCredential } = window as unknown as {
            IdentityCredential: { disconnect(options: object): Promise<void> };
          };
          await IdentityCredential.disconnect({ configURL: url, clientId, accountHint });
        },
        { clientId: CLIENT_ID, url: configURL(), accountHint: ADA.email },
      );
      expect(await loginState()).toBe("SignUp");
    }));

  // Private windows, as the other tests have them, never sign anybody in by themselves.
  test("signs a returning person in without a question", () =>
    visitWithProfile(async ({ page }) => {
      await page.goto(site.origin);
      const dialogs = await watchFedCm(page);
      await signInAtStandIn({ page, googleOrigin: google.origin }, ADA.email);
      await ask(page);
      await dialogs.selectAccount(ADA.email);
      await readOutcome(page);
      await ask(page, { mode: "passive", mediation: "optional" });
      await dialogs.waitFor("AutoReauthn");
      const outcome = await readOutcome(page);
      expect(outcome.isAutoSelected).toBe(true);
      expect(await verify(outcome)).toMatchObject({ sub: ADA.sub, nonce: "a nonce" });
    }));
});
