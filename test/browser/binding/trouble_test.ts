import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PATHS } from "../../../src/paths.ts";
import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import { describeInChromium } from "../describe_in_chromium.ts";
import { lookFor } from "../engine.ts";
import { PICTURE } from "../forward_auth/site_steps.ts";
import { startForEach } from "../start_for_tests.ts";
import { open, readText, waitForPerson } from "../steps.ts";
import {
  endProof,
  fetchIn,
  followNavbar,
  PLAIN,
  postCredential,
  signInBound,
} from "./binding_steps.ts";
import { type Fate, startBoundServer } from "./bound_server.ts";
import { launchWithKeys } from "./chromium_with_keys.ts";
import { watchBinding } from "./watch_binding.ts";

const ACCOUNT = "/spa/account";
const MEMBERS = "/htmx/content.secret1";
const BOUND = "POST /auth/binding 200";
const REFRESHED = "POST /auth/binding/refresh 200";

/** Chromium names requests that failed, and tries again by itself. */
const EXPECTED = { expected: [REFUSED, PICTURE, /status of 503/, /ERR_EMPTY_RESPONSE/] };
const CHROMIUM = { name: "a bound session in trouble", launch: () => launchWithKeys() };

describeInChromium(CHROMIUM, ({ visit }) => {
  const server = startForEach(() => startBoundServer());

  /** What becomes of the first requests to `path`. */
  function decideFirst(path: string, fates: Fate[]): void {
    const left = [...fates];
    server.decide((asked) => (asked === path && left.shift()) || "answered");
  }

  test("survives that the answer to its key is lost: the browser brings it again", () =>
    visit(EXPECTED, async ({ page }) => {
      decideFirst(PATHS.binding, ["answer lost"]);
      await signInBound(page, server);
      expect(server.bindings().at(-1)).toBe(BOUND);
      await endProof(page, server);
      expect((await fetchIn(page, PATHS.isAuthenticated)).status).toBe(200);
      const events = await server.foyer.store.listEvents({ limit: 10 });
      expect(events.map(({ kind }) => kind)).toEqual(["session_bound", "signed_in"]);
    }));

  test("ends if no answer to its key ever comes, and the next sign-in helps", () =>
    visit(EXPECTED, async ({ page }) => {
      const watch = await watchBinding(page);
      server.decide((path) => (path === PATHS.binding ? "answer lost" : "answered"));
      await page.goto(server.origin + PLAIN);
      await postCredential(page, server, ADA);
      await watch.waitFor("created NetError");
      server.decide(() => "answered");
      await endProof(page, server);
      await open(page, server.origin + ACCOUNT);
      const title = "Your browser could not confirm this device";
      expect(await readText(page, "#content_section h1")).toBe(title);
      await postCredential(page, server, ADA);
      await watch.waitFor("created Success");
      await open(page, server.origin + ACCOUNT);
      expect(await readText(page, "#content_section h1")).toBe("Your account");
    }));

  test("survives lost answers to its proof: the same proof comes again, and is good", () =>
    visit(EXPECTED, async ({ page }) => {
      const watch = await signInBound(page, server);
      const proofs = new Set<string | null>();
      let fate: Fate = "answer lost";
      server.decide((path, { headers }) => {
        if (path !== PATHS.bindingRefresh) return "answered";
        proofs.add(headers.get("secure-session-response"));
        return fate;
      });
      await endProof(page, server);
      expect((await fetchIn(page, MEMBERS)).status).toBe(401);
      expect(watch.events).toContain("refreshed Unreachable");
      fate = "answered";
      expect((await fetchIn(page, MEMBERS)).status).toBe(200);
      expect(proofs.size).toBe(1);
    }));

  test("survives that Foyer renews nothing for a while: the open page stays, and goes on by itself", () =>
    visit(EXPECTED, async ({ page }) => {
      const watch = await signInBound(page, server);
      await open(page, server.origin + ACCOUNT);
      await waitForPerson(page, ADA.name);
      const readNavbars = await followNavbar(page);
      server.announceStop(true);
      await endProof(page, server);
      await watch.waitFor("refreshed ServerError", 3);
      server.announceStop(false);
      await watch.waitFor("refreshed Refreshed");
      expect((await fetchIn(page, PATHS.isAuthenticated)).status).toBe(200);
      expect(await readNavbars()).toEqual(watch.bound());
      expect(await readText(page, "#content_section h1")).toBe("Your account");
    }));

  test("is renewed by an idle page, for as long as it is open", () =>
    visit(EXPECTED, async ({ page }) => {
      const watch = await signInBound(page, server);
      await open(page, server.origin + ACCOUNT);
      await waitForPerson(page, ADA.name);
      const readNavbars = await followNavbar(page);
      const following = `GET ${PATHS.events} 200`;
      await lookFor(async () => server.requests.includes(following), "No stream has been opened");
      const before = server.requests.length;
      for (let times = 1; times <= 3; times += 1) {
        await endProof(page, server);
        const isFollowing = () => server.requests.slice(before).length === 2 * times;
        await lookFor(async () => isFollowing(), "The page does not follow its session");
      }
      const once = [REFRESHED, following];
      expect(server.requests.slice(before)).toEqual([...once, ...once, ...once]);
      expect(await readNavbars()).toEqual(watch.bound());
    }));

  test("survives a restart of the browser", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer_profile_"));
    try {
      const before = await launchWithKeys(folder);
      await signInBound(await before.newPage(), server);
      await before.close();
      const after = await launchWithKeys(folder);
      const page = await after.newPage();
      await endProof(page, server);
      await open(page, server.origin + ACCOUNT);
      await waitForPerson(page, ADA.name);
      await after.close();
      // The key is kept, and the next challenge is not.
      expect(server.bindings()).toEqual([BOUND, "POST /auth/binding/refresh 403", REFRESHED]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
