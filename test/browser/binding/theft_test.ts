import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { BOUND_SLACK_MS, ROTATION_GRACE_MS } from "../../../src/auth/session_policy.ts";
import { PATHS } from "../../../src/paths.ts";
import { BOUND } from "../../dbsc_browser.ts";
import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { PICTURE } from "../forward_auth/site_steps.ts";
import { startForEach } from "../start_for_tests.ts";
import { findGoogleButton, open, waitForPerson } from "../steps.ts";
import {
  endProof,
  fetchIn,
  followNavbar,
  PLAIN,
  postCredential,
  signInBound,
} from "./binding_steps.ts";
import { type BoundServer, startBoundServer } from "./bound_server.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";
import { copyCookies, Thief } from "./thief.ts";
import { attemptEverything } from "./thief_attempts.ts";

/** Cookies of this age end while a test waits for them. */
const AGE_MS = 1000;
/** How often the thief looks, and how late that may be noticed. */
const [LOOK_MS, LATE_MS] = [50, 1000];
const MOST_MS = AGE_MS + BOUND_SLACK_MS + LATE_MS;
const SESSION_MAX_AGE_MS = 86_400_000;
const MINUTE_MS = 60_000;

const ADMIN = { ADMIN_EMAILS: ADA.email };
const EXPECTED = { expected: [REFUSED, PICTURE] };
const CHROMIUM = { name: "a browser’s cookies are stolen", launch: () => launchWithKeys() };

describeInChromium(CHROMIUM, ({ visit }) => {
  const server = startForEach(() => startBoundServer(ADMIN, { boundAgeMs: AGE_MS }));

  test("from a bound session: they are good for its cookie’s age, and the owner notices nothing", () =>
    visit(EXPECTED, ({ page: owner }) =>
      visit(EXPECTED, async ({ page: other, context }) => {
        const session = await openAsOwner(owner, server);
        const readNavbars = await followNavbar(owner);
        const cookies = await copyCookies(owner);
        expect(cookies.map(({ name }) => name)).toContain(BOUND);
        const stolenAt = performance.now();
        const thief = new Thief(server, cookies);
        expect(await thief.isIn()).toBe(true);
        const inForMs = () => performance.now() - stolenAt;
        while (inForMs() < MOST_MS && (await thief.isIn())) {
          expect((await fetchIn(owner, "/htmx/account")).status).toBe(200);
          await Bun.sleep(LOOK_MS);
        }
        expect(inForMs()).toBeLessThan(MOST_MS);

        const read = await attemptEverything({ server, thief, session });
        const betrayed = read.filter(
          ({ text }) => text.includes(ADA.name) || text.includes(ADA.email),
        );
        expect(betrayed).toEqual([]);
        expect(read.at(-1)).toMatchObject({ what: "POST /auth/login", status: 200 });
        await context.setCookie(...cookies);
        await open(other, `${server.origin}/spa/account`);
        await findGoogleButton(other);
        expect(await other.content()).not.toContain(ADA.name);

        expect((await fetchIn(owner, PATHS.isAuthenticated)).status).toBe(200);
        expect(await readNavbars()).toEqual([session]);
        expect(await readKinds(server)).toEqual([
          "signed_in",
          "session_bound",
          "binding_missing",
          "binding_refused",
          // The thief, as somebody else.
          "signed_in",
        ]);
      }),
    ));
});

describeInChromium(
  { ...CHROMIUM, name: "without binding, a browser’s cookies are stolen" },
  ({ visit }) => {
    const server = startForEach(() => startBoundServer({ ...ADMIN, SESSION_BINDING: "off" }));

    test("and the thief is in until the owner’s browser has a newer cookie and the old one comes again", () =>
      visit(EXPECTED, async ({ page: owner }) => {
        await owner.goto(server.origin + PLAIN);
        await postCredential(owner, server, ADA);
        const thief = new Thief(server, await copyCookies(owner));
        server.clock.pass(SESSION_MAX_AGE_MS / 2 - MINUTE_MS);
        const account = await thief.send("/htmx/account");
        expect([account.status, await account.text()]).toEqual([
          200,
          expect.stringContaining(ADA.email),
        ]);
        expect(server.bindings()).toEqual([]);

        server.clock.pass(MINUTE_MS);
        // The owner’s browser is given the next cookie, and brings it.
        for (const _ of ["given", "brought"]) await fetchIn(owner, "/htmx/account");
        server.clock.pass(ROTATION_GRACE_MS + 1);
        expect(await thief.isIn()).toBe(false);
        expect((await fetchIn(owner, PATHS.isAuthenticated)).status).toBe(401);
        expect(await readKinds(server)).toEqual(["signed_in", "session_ended_by_suspicion"]);
      }));
  },
);

/** Signs the owner in, and waits until what was under way then is over. Answers with the session's id. */
async function openAsOwner(page: Page, server: BoundServer): Promise<string> {
  const [session = ""] = (await signInBound(page, server)).bound();
  await endProof(page, server);
  await open(page, `${server.origin}/spa/account`);
  await waitForPerson(page, ADA.name);
  return session;
}

/** What the audit log has, the oldest first. */
async function readKinds({ foyer }: BoundServer): Promise<string[]> {
  return (await foyer.store.listEvents({ limit: 100 })).map(({ kind }) => kind).toReversed();
}
