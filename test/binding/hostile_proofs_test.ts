import { describe, expect, test } from "bun:test";

import { createChallenge } from "../../src/auth/binding_challenge.ts";
import { PATHS } from "../../src/paths.ts";
import { BOUND, createDeviceKey, type DbscBrowser } from "../dbsc_browser.ts";
import { ADA, type Foyer, GRACE } from "../fixture.ts";
import type { ProofRoute, ProofScene } from "./forged_proof.ts";
import { BROUGHT_ROWS, KEY_ROWS } from "./hostile_keys.ts";
import {
  FORM_ROWS,
  HEADER_ROWS,
  PAYLOAD_ROWS,
  type ProofFate,
  type ProofRow,
  SIGNATURE_ROWS,
} from "./hostile_proofs.ts";
import { browserOf, createBindingFoyer, ORIGIN } from "./scene.ts";

const BOTH: [what: string, rows: ProofRow[]][] = [
  ["a value", FORM_ROWS],
  ["a header", HEADER_ROWS],
  ["a signature", SIGNATURE_ROWS],
  ["a payload", PAYLOAD_ROWS],
];

const TABLES: Record<ProofRoute, [what: string, rows: ProofRow[]][]> = {
  registration: [...BOTH, ["a key", KEY_ROWS]],
  refresh: [...BOTH, ["a key", BROUGHT_ROWS]],
};

/** What every answer is, and no other. */
const STATUS: Record<ProofRoute, (fate: ProofFate) => number> = {
  registration: (fate) => (fate === "good" ? 200 : 400),
  refresh: (fate) => (fate === "good" ? 200 : fate === "challenge" ? 403 : 401),
};

const PURPOSE = { registration: "register", refresh: "refresh" } as const;
const device = createDeviceKey();
const stranger = createDeviceKey();

/** A browser that has just signed in, and is bound if `route` is the refresh. */
async function arrive(foyer: Foyer, { route, person = ADA, key = device }: Arrival) {
  const browser = await browserOf(foyer, await key);
  await browser.signIn(person);
  if (route === "refresh") await browser.register();
  browser.sessionId = await browser.visitor.shownSession();
  return browser;
}

interface Arrival {
  route: ProofRoute;
  person?: typeof ADA;
  key?: typeof device;
}

async function sceneOf(
  browser: DbscBrowser,
  { foyer, route, foreign }: { foyer: Foyer; route: ProofRoute; foreign: string },
): Promise<ProofScene> {
  const { secret = "" } = (await foyer.store.findBinding(browser.sessionId ?? "")) ?? {};
  return {
    route,
    audience: ORIGIN + (route === "refresh" ? PATHS.bindingRefresh : PATHS.binding),
    device: await device,
    stranger: await stranger,
    challenge: browser.challenge ?? "",
    foreign,
    challengeAt: (ms, of = route) =>
      createChallenge(foyer.clock.now + ms, { secret, purpose: PURPOSE[of] }),
  };
}

for (const route of ["registration", "refresh"] as const) {
  const world = Promise.resolve().then(async () => {
    const foyer = await createBindingFoyer();
    const other = await arrive(foyer, { route, person: GRACE, key: stranger });
    return { foyer, foreign: other.challenge ?? "" };
  });

  for (const [part, rows] of TABLES[route]) {
    describe(`${part} of a proof at the ${route}`, () => {
      for (const [what, make, fate] of rows) {
        test(`${what}: ${fate}`, async () => {
          const { foyer, foreign } = await world;
          const browser = await arrive(foyer, { route });
          const id = browser.sessionId ?? "";
          const before = await foyer.store.findBinding(id);
          const cookies = new Map(browser.visitor.cookies);
          const logged = foyer.logLines.length;
          const proof = await make(await sceneOf(browser, { foyer, route, foreign }));
          const answer =
            route === "refresh" ? await browser.refreshOnce(proof) : await browser.register(proof);

          expect(answer.status).toBe(STATUS[route](fate));
          expect(answer.headers.get("cache-control")).toBe("no-store");
          const names = answer.headers.getSetCookie().map((line) => line.split("=", 1)[0]);
          expect(names).toEqual(fate === "good" ? [BOUND] : []);
          const mayGoOn = fate === "good" || answer.status === 403;
          expect(answer.headers.has("secure-session-challenge")).toBe(mayGoOn);
          const log = foyer.logLines.slice(logged).join("\n");
          if (fate === "challenge" && route === "registration") {
            expect(log).toContain("its challenge is not ours, or too old");
          } else if (fate !== "good" && fate !== "challenge") expect(log).toContain(fate);

          expect(await browser.visitor.status()).toBe(200);
          if (fate === "good") return;
          // The session is as it was, and its owner may still prove the device.
          expect(await foyer.store.findBinding(id)).toEqual(before as NonNullable<typeof before>);
          expect(browser.visitor.cookies).toEqual(cookies);
          const goes = route === "refresh" ? browser.refreshOnce() : browser.register();
          expect((await goes).status).toBe(200);
        });
      }
    });
  }
}
