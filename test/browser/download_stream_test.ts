import { afterAll, beforeAll, describe, setDefaultTimeout, test } from "bun:test";

import { ADA } from "../fixture.ts";
import { act } from "../routes/account_scene.ts";
import { REFUSED } from "./chromium.ts";
import { lookFor, type RunningEngine } from "./engine.ts";
import { openPage, signIn, waitForHeadline } from "./engine_steps.ts";
import { FIREFOX } from "./engines.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";

setDefaultTimeout(60_000);

/** Firefox says so of a stream that it closes itself. */
const CLOSED = /establish a connection to the server at .*\/auth\/events/;
const EXPECTED = { expected: [REFUSED, /GSI_LOGGER/, CLOSED] };

describe.skipIf(!FIREFOX.isInstalled)("a link to a download, in Firefox,", () => {
  const server = startForAll(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));
  let engine: RunningEngine;

  beforeAll(async () => {
    engine = await FIREFOX.start();
  });

  afterAll(() => engine?.close());

  test("closes the page's event stream, which is opened again", () =>
    engine.visit(async ({ tab }) => {
      await openPage(tab, `${server.origin}/spa`);
      await signIn(tab, ADA);
      await openPage(tab, `${server.origin}/spa/record`);
      await waitForHeadline(tab, "Audit log");
      await tab.click("main a[href*=format]");
      const isSent = () => server.foyer.logLines.some((line) => line.includes('"exported"'));
      await lookFor(async () => isSent(), "The file was not asked for");
      const other = server.foyer.visitor();
      await other.signIn(ADA);
      await act(other, "/account/sessions?except=this");
      await waitForHeadline(tab, "You are signed out");
    }, EXPECTED));
});
