import type { Page } from "puppeteer-core";

import {
  BOUND_AGE_MS,
  BOUND_SLACK_MS,
  ROTATION_GRACE_MS,
} from "../../../src/auth/session_policy.ts";
import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import { PATHS } from "../../../src/paths.ts";
import { BOUND } from "../../dbsc_browser.ts";
import { ADA, CLIENT_ID } from "../../fixture.ts";
import type { OwnServer } from "../own_server.ts";
import { type BindingWatch, watchBinding } from "./watch_binding.ts";

/** A page without scripts: what it sends is what a test has it send. */
export const PLAIN = "/plain/content.top";

/** Signs a person in as the script of Google's button does, and waits until the session is bound. Ends on {@linkcode PLAIN}. */
export async function signInBound(
  page: Page,
  server: OwnServer,
  person: StandInPerson = ADA,
): Promise<BindingWatch> {
  const watch = await watchBinding(page);
  await page.goto(server.origin + PLAIN);
  await postCredential(page, server, person);
  await watch.waitFor("created Success");
  return watch;
}

/** Signs a person in by a page of ours, without a click. */
export async function postCredential(
  page: Page,
  { google, origin }: OwnServer,
  person: StandInPerson,
): Promise<void> {
  const navbar = (await fetchIn(page, PATHS.navbar)).text;
  // A signed-in page has none; another browser's would be refused.
  const nonce = /data-nonce="([^"]+)"/.exec(navbar)?.[1];
  if (!nonce) throw new Error(`There is no nonce in ${navbar} of ${origin}`);
  const credential = await google.issueToken({ person, clientId: CLIENT_ID, nonce });
  const { status } = await fetchIn(page, PATHS.login, { credential });
  if (status !== 200) throw new Error(`Signing in was answered with ${status}`);
}

/**
 * Sends a request from the page as htmx does: a form, if there are fields. An act names the session that the page shows,
 * as `session`.
 */
export function fetchIn(
  page: Page,
  path: string,
  { session, ...fields }: Record<string, string> = {},
) {
  const form = Object.keys(fields).length > 0 ? fields : null;
  const named: Record<string, string> = session ? { "X-Signed-In-As": session } : {};
  return page.evaluate(
    async (to, sent, more) => {
      const headers = { "HX-Request": "true", ...more };
      const body = sent && new URLSearchParams(sent);
      const answer = await fetch(to, body ? { method: "POST", headers, body } : { headers });
      return { status: answer.status, text: await answer.text() };
    },
    path,
    form,
    named,
  );
}

/**
 * Lets the proof end that was given last, at the server and in the browser. The page must send nothing meanwhile: the
 * two clocks differ for a moment.
 */
export async function endProof(page: Page, { foyer, clock }: OwnServer): Promise<void> {
  const { boundAgeMs = BOUND_AGE_MS } = foyer.deps;
  clock.pass(Math.max(boundAgeMs, ROTATION_GRACE_MS) + BOUND_SLACK_MS);
  await page.browserContext().deleteMatchingCookies({ name: BOUND });
}

/** Notes every navigation bar that the page shows from now on: its session, or "" for nobody's. */
export async function followNavbar(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      const navbar = document.querySelector<HTMLElement>(
        "#auth_navbar [data-session], #auth_navbar [data-nonce]",
      );
      if (navbar) seen.add(navbar.dataset.session ?? "");
    };
    look();
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      attributes: true,
    });
    Object.assign(window, { seen });
  });
  return () => page.evaluate(() => [...(Reflect.get(window, "seen") as Set<string>)]);
}
