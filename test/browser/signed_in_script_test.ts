import { expect, test } from "bun:test";

import type { HTTPRequest } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { findGoogleButton, intercept, open, signIn, signOut, waitForPerson } from "./steps.ts";

const FAILED = /^error: (Failed to load (resource|module script)|Refused to execute)/;
const isScript = (request: HTTPRequest) => request.url().includes("/assets/signed_in.");

describeInChromium("the script for signed-in people", ({ visit }) => {
  const server = startForEach(startOwnServer);

  async function waitForStreams(wanted: number): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (server.foyer.deps.loginEvents.listenerCount !== wanted) {
      if (Date.now() > deadline) throw new Error(`There are not ${wanted} streams`);
      await Bun.sleep(10);
    }
  }

  test("comes with the first sign-in, and once", () =>
    visit(async ({ page }) => {
      const asked: string[] = [];
      page.on("request", (request) => isScript(request) && asked.push(request.url()));
      await open(page, `${server.origin}/spa`);
      await findGoogleButton(page);
      expect(asked).toEqual([]);
      for (let times = 0; times < 2; times += 1) {
        await signIn(page);
        await waitForStreams(1);
        await signOut(page);
        await waitForStreams(0);
      }
      expect(asked).toHaveLength(1);
    }));

  const FAILURES: [what: string, fail: (request: HTTPRequest) => unknown][] = [
    ["is cut off", (request) => request.abort()],
    ["is missing", (request) => request.respond({ status: 404, body: "none" })],
    [
      "is a captive portal's page",
      (request) => request.respond({ status: 200, contentType: "text/html", body: "<p>Pay" }),
    ],
    [
      "is cut in the middle",
      (request) => request.respond({ status: 200, contentType: "text/javascript", body: "let {" }),
    ],
  ];
  for (const [what, fail] of FAILURES) {
    test(`that ${what} is loaded again; the page works without it`, () =>
      visit({ expected: [FAILED] }, async ({ page }) => {
        let failures = 0;
        await intercept(page, (request) => {
          const fails = isScript(request) && (failures += 1) <= 2;
          void (fails ? fail(request) : request.continue());
        });
        await open(page, `${server.origin}/spa`);
        await signIn(page);
        await waitForPerson(page, ADA.name);
        await waitForStreams(1);
        expect(failures).toBe(3);
        await signOut(page);
        await waitForStreams(0);
      }));
  }
});
