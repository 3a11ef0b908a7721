import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { ADA } from "../../fixture.ts";
import { REFUSED } from "../chromium.ts";
import type { RunningEngine } from "../engine.ts";
import { choose, reloadPage, waitForHeadline, waitForPerson } from "../engine_steps.ts";
import { CHROMIUM, ENGINES } from "../engines.ts";
import { startForAll } from "../start_for_tests.ts";
import { startBoundServer } from "./bound_server.ts";

setDefaultTimeout(60_000);

const MEMBERS = "/spa/content.secret1";
const HOUR_MS = 3_600_000;
/** Pictures and the script of a Google on this machine come without TLS. */
const EXPECTED = { expected: [REFUSED, /127\.0\.0\.1/, /GSI_LOGGER/] };

for (const { name, isInstalled, start } of ENGINES.filter((engine) => engine !== CHROMIUM)) {
  describe.skipIf(!isInstalled)(`a binding is offered to ${name}`, () => {
    const server = startForAll(() => startBoundServer({ SESSION_MAX_AGE: "3600" }));
    let engine: RunningEngine;

    beforeAll(async () => {
      engine = await start({ acceptInsecureCerts: true });
    });

    afterAll(() => engine?.close());

    test("which takes no notice: the session goes on without, and renews its cookie", () =>
      engine.visit(async ({ tab }) => {
        await tab.open(`${server.origin}/auth/google?return=${MEMBERS}`);
        await choose(tab, ADA);
        await waitForHeadline(tab, "Members");
        await waitForPerson(tab, ADA.name);
        for (let times = 0; times < 3; times += 1) {
          server.clock.pass(0.6 * HOUR_MS);
          await reloadPage(tab);
          await waitForPerson(tab, ADA.name);
        }
        expect(server.bindings()).toEqual([]);
        const { store } = server.foyer;
        const [ada] = await store.findPeopleByEmail(ADA.email);
        const devices = await store.listSessions({ userId: ada?.id ?? "", now: server.clock.now });
        expect(devices.map(({ boundAt }) => boundAt)).toEqual([null]);
      }, EXPECTED));
  });
}
