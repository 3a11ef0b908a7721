import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { createDemoCustomers } from "../../db/customers.ts";
import { ADA } from "../fixture.ts";
import { type Engine, lookFor, type RunningEngine } from "./engine.ts";
import {
  choose,
  clickGoogleButton,
  goBy,
  openPage,
  readText,
  signIn,
  waitForGoogleButton,
  waitForHeadline,
  waitForPerson,
} from "./engine_steps.ts";
import { type Failure, startBehindProxy } from "./proxy.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  announceChange,
  expectNothingLost,
  invite,
  readTitle,
  submit,
  typedText,
  waitForMessage,
  waitForNoMessage,
} from "./unreachable_steps.ts";

const LIST = "/spa/content.list";
const ACCOUNT = "/spa/account";
const AGAIN = "#sign_in_message button:not([aria-label])";
/** What browsers and htmx write about a broken network, and Google's script when a button is drawn anew. */
const EXPECTED = {
  expected: [
    /^(?:error|warn): /,
    /^uncaught: Error: (?:Security Error|Firefox can|Content-Security)/,
  ],
};

const FAILURES: Failure[] = [
  "502 with a page",
  "502 without a body",
  "200 with a foreign page",
  "200 with a fragment of something else",
  "200 without a body",
  "a redirect to a page of another origin",
  "a connection that is cut",
];

/** Tests what an engine's pages do while nothing of the application comes through a proxy. */
export function describeUnreachable({ name, isInstalled, start }: Engine): void {
  setDefaultTimeout(90_000);

  describe.skipIf(!isInstalled)(`a server that cannot be reached, in ${name}`, () => {
    let engine: RunningEngine;
    const server = startForEach(async () => {
      const started = await startBehindProxy({ ADMIN_EMAILS: ADA.email, SIGN_UP: "closed" });
      await started.foyer.store.tables.customers.add(createDemoCustomers(45));
      return started;
    });

    beforeAll(async () => {
      engine = await start();
    });

    afterAll(() => engine?.close());

    test.each(FAILURES)("%s: the first load heals by itself", (failure) =>
      engine.visit(async ({ tab }) => {
        server.fail(failure);
        await tab.open(`${server.origin}/spa/content.secret1`);
        await waitForMessage(tab);
        expect(await readText(tab, "#auth_navbar .brand")).toBe("Foyer");
        expect(await readText(tab, "#content_section")).toBe("");
        expect(await readTitle(tab)).toBe("Members · Foyer");
        server.heal();
        await waitForGoogleButton(tab);
        await waitForHeadline(tab, "Sign in to open Members");
        await waitForNoMessage(tab);
      }, EXPECTED),
    );

    test.each(FAILURES)("%s: nothing of an anonymous person's page is lost", (failure) =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        for (const act of [
          () => tab.click("#auth_navbar .menu a[href='/spa']"),
          () => tab.click("#load_more"),
          () => announceChange(tab),
        ]) {
          await expectNothingLost(tab, { server, failure, act });
        }

        // The chooser is Google's; only the post to the application fails.
        const chooser = await tab.popup(() => clickGoogleButton(tab));
        server.fail(failure);
        await choose(chooser, ADA);
        await waitForMessage(tab);
        expect(await readText(tab, "#content_section h1")).toBe("Customers");
        server.heal();
        await tab.click(AGAIN);
        await waitForPerson(tab, ADA.name);
      }, EXPECTED),
    );

    test.each(FAILURES)("%s: nothing of a member's page is lost", (failure) =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + ACCOUNT);
        await signIn(tab, ADA);
        await waitForHeadline(tab, "Your account");
        for (const act of [
          () => tab.click("#content_section li[id^=session_] button"),
          () => announceChange(tab),
          async () => {
            await tab.click("#auth_navbar .account > button");
            await tab.click("#account_menu [hx-post]");
          },
        ]) {
          await expectNothingLost(tab, { server, failure, act });
          await waitForPerson(tab, ADA.name);
        }

        await openPage(tab, `${server.origin}/spa/admin.invitations`);
        const form = "form[hx-post='/admin/invitations']";
        await tab.evaluate(invite, form);
        await expectNothingLost(tab, { server, failure, act: () => submit(tab, form) });
        expect(await tab.evaluate(typedText)).toBe("grace@example.com");
        await tab.click(AGAIN);
        await lookFor(
          async () => (await readText(tab, "#content_section"))?.includes("grace@example.com"),
          "The invitation was not sent again",
        );
      }, EXPECTED),
    );

    test("going back while nothing answers keeps what is shown, and brings the page later", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        await tab.click("#auth_navbar .menu a[href='/spa']");
        await waitForHeadline(tab, "Your team’s pages, in one place");
        server.fail("502 with a page");
        await goBy(tab, -1);
        await waitForMessage(tab);
        expect(await readText(tab, "#content_section h1")).toBe("Your team’s pages, in one place");
        expect(await readText(tab, "#auth_navbar .brand")).toBe("Foyer");
        server.heal();
        await waitForHeadline(tab, "Customers");
        await waitForNoMessage(tab);
      }, EXPECTED));

    test("an event stream that a proxy breaks comes back, and an event is followed", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + ACCOUNT);
        await signIn(tab, ADA);
        const { loginEvents } = server.foyer.deps;
        await lookFor(async () => loginEvents.listenerCount === 1, "There is no stream");
        server.fail("502 with a page");
        loginEvents.close();
        const broken = () =>
          server.requests.filter((path) => path === "GET /auth/events").length > 1;
        await lookFor(async () => broken(), "The stream is not asked for again");
        expect(await readText(tab, "#content_section h1")).toBe("Your account");
        server.heal();
        await lookFor(async () => loginEvents.listenerCount === 1, "The stream did not come back");
        await waitForPerson(tab, ADA.name);
      }, EXPECTED));

    test("an answer that is cut does not take the place of a part, nor add rows", () =>
      engine.visit(async ({ tab }) => {
        const failure = "an answer that is cut";
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        for (const act of [
          () => tab.click("#auth_navbar .menu a[href='/spa']"),
          () => tab.click("#load_more"),
          () => announceChange(tab),
        ]) {
          await expectNothingLost(tab, { server, failure, act });
        }
      }, EXPECTED));

    test("a foreign page under our own headers does not take the place of a part", () =>
      engine.visit(async ({ tab }) => {
        await openPage(tab, server.origin + LIST);
        await waitForGoogleButton(tab);
        const failure = "our headers around a foreign page";
        const act = () => tab.click("#auth_navbar .menu a[href='/spa']");
        await expectNothingLost(tab, { server, failure, act });
        await expectNothingLost(tab, { server, failure, act: () => announceChange(tab) });
      }, EXPECTED));
  });
}
