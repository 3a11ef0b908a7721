import type { Page } from "puppeteer-core";

import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import { ADA } from "../../fixture.ts";
import { launchChromium } from "../chromium.ts";
import { readText } from "../steps.ts";
import type { ProtectedSites } from "./protected_sites.ts";

/** The cookie that opens applications. */
export const ACCESS = "__Secure-foyer_access";

/** The stand-in's pictures do not come by https, as Google's do. */
export const PICTURE = /^warn: Mixed Content: .* 'http:\/\/127\.0\.0\.1:\d+\/people\//;

/** A Chromium that takes the certificate of a test for a good one. */
export function launchForSites() {
  return launchChromium({ acceptInsecureCerts: true });
}

/** Waits until the application's page is there that shows `path` to `person`. */
export async function expectApplication(
  page: Page,
  { address, person = ADA }: { address: string; person?: StandInPerson },
): Promise<void> {
  await page.waitForFunction(
    (wanted) => location.href === wanted && document.getElementById("person"),
    { polling: 30 },
    address,
  );
  const { pathname, search } = new URL(address);
  const said = [await readText(page, "#asked"), await readText(page, "#person")];
  if (String(said) !== String([pathname + search, person.email])) {
    throw new Error(`The application was asked for ${said[0]} by ${said[1]}`);
  }
}

/** Signs a person in on this browser without its doing. */
export async function giveSession(
  page: Page,
  { foyer, origin }: ProtectedSites,
  person: StandInPerson,
): Promise<void> {
  const visitor = foyer.visitor();
  const { status } = await visitor.signIn(person);
  if (status !== 200) throw new Error(`Signing in was answered with ${status}`);
  const { hostname } = new URL(origin);
  const own = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;
  for (const [name, value] of visitor.cookies) {
    const domain = name === ACCESS ? ".foyer.localhost" : hostname;
    await page.browserContext().setCookie({ name, value, domain, ...own });
  }
}
