import { describe, expect, test } from "bun:test";

import fc from "fast-check";

import { ADA, createFoyer, type Foyer } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_126);

/** Half of it is more than the grace, so that a thief may be silent between the two. */
const ENV = { SESSION_MAX_AGE: "150" };
const GRACE_MS = 30_000;

/** A renewal is due after 75 s. Eight offers may be lost, each with an interval of the owner. */
const FOUND_OUT_AFTER_MS = 600_000;

const look = (visitor: Visitor, visit = {}) => visitor.fragment("/htmx/content.secret1", visit);

/** The holder of copied cookies: uses one value, and has the next ones that were offered in the pocket. */
class Thief {
  readonly #browser: Visitor;
  #pocketed: string | null = null;

  constructor(owner: Visitor) {
    this.#browser = owner.clone();
  }

  /** Asks once, and keeps a value that is offered for later. Answers whether the server served them. */
  async ask({ isBackground = false } = {}): Promise<boolean> {
    const value = this.#browser.sessionToken;
    const headers = isBackground ? { "x-background": "1" } : {};
    const { status } = await look(this.#browser, { headers });
    if (this.#browser.sessionToken !== value) this.#pocketed = this.#browser.sessionToken;
    this.#browser.cookies.set("session_id", value);
    return status === 200;
  }

  /** Whether a value was offered that is not used yet. */
  get hasOffer(): boolean {
    return this.#pocketed !== null;
  }

  /** Uses the newest value from now on. */
  useNewest(): void {
    if (this.#pocketed !== null) this.#browser.cookies.set("session_id", this.#pocketed);
    this.#pocketed = null;
  }
}

async function robbed(env = {}): Promise<{ foyer: Foyer; owner: Visitor; thief: Thief }> {
  const foyer = await createFoyer(env);
  const owner = foyer.visitor();
  await owner.signIn(ADA);
  return { foyer, owner, thief: new Thief(owner) };
}

describe("a thief of a session's cookie is found out", () => {
  /** What the thief does in a second. Answers whether the server served them. */
  type Strategy = () => Promise<boolean>;
  const STRATEGIES: [what: string, begin: (thief: Thief) => Strategy][] = [
    [
      "who uses each value at once",
      (thief) => async () => {
        thief.useNewest();
        return await thief.ask();
      },
    ],
    ["who takes every offer and presents none", (thief) => () => thief.ask()],
    ["who only makes background requests", (thief) => () => thief.ask({ isBackground: true })],
    [
      "who is silent for 150 s with an offered value in the pocket, then uses it",
      (thief) => {
        let silentFor = 0;
        return async () => {
          if (thief.hasOffer && ++silentFor < 150) return false;
          silentFor = 0;
          thief.useNewest();
          return await thief.ask();
        };
      },
    ],
  ];

  test.each(STRATEGIES)("%s", async (_, begin) => {
    const { foyer, owner, thief } = await robbed();
    const act = begin(thief);
    let [ownerIsServed, servedLate] = [true, 0];
    for (let second = 1; second <= 7200 && ownerIsServed; second++) {
      foyer.clock.pass(1000);
      if ((await act()) && second > 1800) servedLate += 1;
      if (second % 47 === 0) ownerIsServed = (await look(owner)).status === 200;
    }
    expect(servedLate).toBe(0);
  });
});

/** A while in which the thief does one thing every few seconds, and the owner asks at an interval. */
const phase = fc.record({
  ticks: fc.integer({ min: 1, max: 25 }),
  tickMs: fc.integer({ min: 1000, max: 9000 }),
  thief: fc.constantFrom("asks", "asks in the background", "is silent", "is silent", "changes"),
  ownerEvery: fc.integer({ min: 1, max: 5 }),
  losesAnswers: fc.boolean(),
});
const robbery = fc.array(phase, { minLength: 20, maxLength: 30 });

test(`a thief of any strategy is out soon, or the session is over for both (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(robbery, async (phases) => {
      const { foyer, owner, thief } = await robbed(ENV);
      const stolen = owner.sessionToken;
      const begunAt = foyer.clock.now;
      let [lost, isOver] = [0, false];
      /** When the owner first was served with a value that is newer than the theft. */
      let renewedAt = Number.POSITIVE_INFINITY;
      for (const { ticks, tickMs, thief: does, ownerEvery, losesAnswers } of phases) {
        if (does === "changes") thief.useNewest();
        for (let tick = 1; tick <= ticks && !isOver; tick++) {
          foyer.clock.pass(tickMs);
          const { now } = foyer.clock;
          const isBackground = does === "asks in the background";
          if (does !== "is silent" && (await thief.ask({ isBackground }))) {
            expect(now - begunAt).toBeLessThan(FOUND_OUT_AFTER_MS);
            expect(now - renewedAt).toBeLessThan(GRACE_MS * 3);
          }
          if (tick % ownerEvery !== 0) continue;
          // The owner loses at most two answers in a row.
          const isAnswerLost = losesAnswers && lost < 2;
          lost = isAnswerLost ? lost + 1 : 0;
          isOver = (await look(owner, { isAnswerLost })).status !== 200;
          if (!isOver && owner.sessionToken !== stolen) renewedAt = Math.min(renewedAt, now);
        }
      }
      if (isOver) expect(await thief.ask()).toBe(false);
    }),
    { seed: SEED, numRuns: 20 },
  );
}, 60_000);

test(`without a thief, a browser that loses seven offers in a row stays signed in (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(robbery, async (phases) => {
      const { foyer, owner } = await robbed(ENV);
      let lost = 0;
      for (const { ticks, tickMs, losesAnswers } of phases.slice(0, 8)) {
        for (let tick = 0; tick < ticks; tick++) {
          foyer.clock.pass(tickMs);
          const isAnswerLost = losesAnswers && lost < 7;
          const { status, headers } = await look(owner, { isAnswerLost });
          expect(status).toBe(200);
          if (headers.has("set-cookie")) lost = isAnswerLost ? lost + 1 : 0;
        }
      }
    }),
    { seed: SEED, numRuns: 10 },
  );
}, 60_000);
