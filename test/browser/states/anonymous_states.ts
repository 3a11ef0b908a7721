import { ADA, EDSGER, GRACE, KATHERINE, MALLORY } from "../../fixture.ts";
import { choose, clickGoogleButton, intercept, openChooser } from "../steps.ts";
import { bindSessions } from "./bind_session.ts";
import { MORNING } from "./scene.ts";
import type { Place, State } from "./state.ts";

const HOUR_MS = 3_600_000;
const MEMBERS = "/spa/content.secret1";
const MESSAGE = "#sign_in_message [role] > .message";
const REFUSAL = "#sign_in[data-refusal]";

/** Before sign-in: pages that everybody sees, and those that cannot be opened yet. */
export const ANONYMOUS_STATES: State[] = [
  { name: "front", path: "/spa", shows: "#sign_in" },
  { name: "front_german", path: "/spa", language: "de", shows: "#sign_in" },
  { name: "customers", path: "/spa/content.list", shows: "#customers tbody tr" },
  { name: "locked_page", path: MEMBERS, shows: "#sign_in" },
  { name: "menu", path: "/spa", reach: openMenu, shows: "#menu" },
  {
    name: "slow_google",
    path: "/spa",
    arrange: holdGoogle,
    shows: "#sign_in",
    isWithoutGoogle: true,
  },
  {
    name: "in_app_browser",
    path: "/spa",
    arrange: beInApp,
    shows: "#sign_in [data-copy]",
    isWithoutGoogle: true,
  },
  { name: "not_found", path: "/spa/nothing", shows: "#content_section h1" },
  { name: "broken", path: "/spa/broken", shows: "#content_section h1" },
  { name: "unreachable", path: "/spa", reach: loseServer, shows: MESSAGE },
  { name: "offline", path: "/spa", reach: goOffline, shows: MESSAGE },
  {
    name: "without_script",
    path: "/plain/content.secret1",
    shows: "google-slot a",
    isBare: true,
    isWithoutGoogle: true,
  },
];

/** A sign-in that was refused, or is not over yet. */
export const REFUSED_STATES: State[] = [
  { name: "refused_unverified", path: "/spa", reach: signInAs(MALLORY), shows: REFUSAL },
  { name: "refused_sign_up_closed", path: "/spa", reach: signInAs(EDSGER), shows: REFUSAL },
  { name: "refused_disabled", path: "/spa", reach: signInAs(GRACE), shows: REFUSAL },
  {
    name: "refused_without_device",
    path: "/spa/content.secret1",
    person: KATHERINE,
    arrange: bindSessions(KATHERINE.email, MORNING - HOUR_MS),
    shows: "#content_section h1",
  },
  { name: "signing_in", path: "/spa", reach: holdAnswer, shows: "google-slot[aria-busy=true]" },
  { name: "popup_blocked", path: "/spa", reach: blockPopup, shows: "#sign_in .note" },
];

function signInAs({ email }: typeof ADA) {
  return async ({ page }: Place) => choose(await openChooser(page), email);
}

async function openMenu({ page }: Place): Promise<void> {
  const button = await page.$('[popovertarget="menu"]');
  if (await button?.isVisible()) await button?.click();
}

async function holdGoogle({ page }: Place): Promise<void> {
  await intercept(page, (request) => {
    if (!request.url().endsWith("/gsi/client")) void request.continue();
  });
}

async function beInApp({ page }: Place): Promise<void> {
  const userAgent = `${await page.browser().userAgent()} [FBAN/FBIOS;FBAV/530.0]`;
  await page.setUserAgent({ userAgent });
}

/** A click that no answer comes to. */
async function loseServer({ page }: Place): Promise<void> {
  await intercept(page, (request) => {
    if (request.url().includes("/htmx/")) void request.abort();
    else void request.continue();
  });
  await openMenu({ page } as Place);
  await page.locator('#menu a[href="/spa/content.list"]').click();
}

async function goOffline({ page }: Place): Promise<void> {
  await page.setOfflineMode(true);
}

/** The server has not answered yet. */
async function holdAnswer(place: Place): Promise<void> {
  await intercept(place.page, (request) => {
    if (!request.url().endsWith("/auth/login")) void request.continue();
  });
  await signInAs(ADA)(place);
}

async function blockPopup({ page }: Place): Promise<void> {
  await page.evaluate(() => Object.assign(window, { open: () => null }));
  await clickGoogleButton(page);
}
