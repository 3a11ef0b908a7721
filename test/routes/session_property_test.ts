import { expect, test } from "bun:test";

import fc from "fast-check";

import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer } from "../fixture.ts";

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_122);
const MAX_AGE_MS = 60_000;
const LIFETIME_MS = 300_000;

/** The browser's next step: wait, request, or lose a response. */
const step = fc.record({
  wait: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 80_000 })),
  kind: fc.constantFrom("look", "look", "background", "lost", "parallel"),
});

test(`a session ends with its lifetime or idle time, and not before (seed ${SEED})`, async () => {
  const foyer = await createFoyer({ SESSION_MAX_AGE: "60", SESSION_LIFETIME: "300" });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const visitor = foyer.visitor();
      await visitor.signIn(ADA);
      const begunAt = foyer.clock.now;
      let seenAt = begunAt;
      let isOver = false;
      for (const { wait, kind } of steps) {
        foyer.clock.pass(wait);
        const { now } = foyer.clock;
        const headers: Record<string, string> =
          kind === "background" ? { "x-background": "1" } : {};
        const visit = { headers, isAnswerLost: kind === "lost" };
        const count = kind === "parallel" ? 5 : 1;
        const answers = await Promise.all(
          Array.from({ length: count }, () => visitor.fragment("/htmx/content.secret1", visit)),
        );
        const statuses = new Set(answers.map((answer) => answer.status));
        expect(statuses.size).toBe(1);
        const isAlive = statuses.has(200);
        const mustBeOver = isOver || now >= begunAt + LIFETIME_MS || now >= seenAt + MAX_AGE_MS;
        // Activity is written at most once in a tenth of the idle time.
        const mayBeOver = mustBeOver || now >= seenAt + MAX_AGE_MS - MAX_AGE_MS / 10;
        if (mustBeOver) expect(isAlive).toBe(false);
        if (!mayBeOver) expect(isAlive).toBe(true);
        isOver = !isAlive;
        if (isAlive && kind !== "background") seenAt = now;
      }
      await visitor.post(PATHS.logout);
      expect(await visitor.status()).toBe(401);
    }),
    { seed: SEED, numRuns: 150 },
  );
}, 60_000);
