import { describe, expect, test } from "bun:test";

import fc from "fast-check";

import { createRateLimit, type RateLimitOptions } from "../../src/http/rate_limit.ts";

const MINUTE_MS = 60_000;

/** A limit, and its clock. */
function createScene(options: Omit<RateLimitOptions, "now">) {
  const clock = { now: 1_700_000_000_000 };
  return { clock, limit: createRateLimit({ ...options, now: () => clock.now }) };
}

describe("a rate limit", () => {
  test("allows so many uses at once, and then says how long to wait", () => {
    const { clock, limit } = createScene({ perMinute: 60 });
    for (let use = 0; use < 60; use += 1) expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(1000);
    expect(limit.wait("a")).toBe(1000);
    clock.now += 400;
    expect(limit.take("a")).toBe(600);
    clock.now += 600;
    expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(1000);
    clock.now += MINUTE_MS;
    for (let use = 0; use < 60; use += 1) expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(1000);
  });

  test("counts each key by itself", () => {
    const { limit } = createScene({ perMinute: 1 });
    expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(MINUTE_MS);
    expect(limit.take("b")).toBe(0);
  });

  test("counts nothing when it only says how long to wait", () => {
    const { limit } = createScene({ perMinute: 1 });
    for (let look = 0; look < 10; look += 1) expect(limit.wait("a")).toBe(0);
    expect(limit.size).toBe(0);
    expect(limit.take("a")).toBe(0);
  });

  test("counts uses that cost more than one", () => {
    const { clock, limit } = createScene({ perMinute: 60, burst: 10 });
    expect(limit.take("a", 11)).toBe(1000);
    expect(limit.take("a", 10)).toBe(0);
    expect(limit.take("a", 3)).toBe(3000);
    clock.now += 3000;
    expect(limit.take("a", 3)).toBe(0);
  });

  test("locks nobody out when the clock is set back", () => {
    const { clock, limit } = createScene({ perMinute: 60 });
    for (let use = 0; use < 100; use += 1) limit.take("a");
    clock.now -= 24 * 60 * MINUTE_MS;
    for (let use = 0; use < 60; use += 1) expect(limit.take("a")).toBe(0);
    expect(limit.take("a")).toBe(1000);
  });

  test("never allows more than it says, nor less, in any order of times", () => {
    const step = fc.record({ pass: fc.nat(5000), key: fc.constantFrom("a", "b") });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.array(step, { maxLength: 300 }),
        (rate, all) => {
          const { clock, limit } = createScene({ perMinute: rate });
          const interval = MINUTE_MS / rate;
          /** The uses that have not come back, as a bucket that leaks. */
          const levels: Record<string, number> = { a: 0, b: 0 };
          for (const { pass, key } of all) {
            clock.now += pass;
            for (const name of ["a", "b"]) levels[name] = Math.max(0, (levels[name] ?? 0) - pass);
            const isAllowed = (levels[key] ?? 0) + interval <= MINUTE_MS + 0.01;
            expect(limit.take(key) === 0).toBe(isAllowed);
            if (isAllowed) levels[key] = (levels[key] ?? 0) + interval;
          }
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe("the memory of a rate limit", () => {
  const STRANGERS = 1_000_000;

  test("is bounded at a million addresses, which neither reset a limit nor lock anybody out", () => {
    const { limit } = createScene({ perMinute: 60 });
    for (let use = 0; use < 60; use += 1) limit.take("guilty");
    for (let stranger = 0; stranger < STRANGERS; stranger += 1) limit.take(`stranger ${stranger}`);
    expect(limit.size).toBe(20_000);
    expect(limit.take("guilty")).toBe(1000);
    expect(limit.take("somebody new")).toBe(0);
  });

  test("is given back as uses come back", () => {
    const { clock, limit } = createScene({ perMinute: 60 });
    for (let stranger = 0; stranger < 20_000; stranger += 1) limit.take(`stranger ${stranger}`);
    clock.now += 1000;
    for (let stranger = 0; stranger < 20_000; stranger += 1) limit.take("one");
    for (let stranger = 0; stranger < 25_000; stranger += 1) {
      limit.take(`another ${stranger}`);
      clock.now += 1000;
    }
    expect(limit.size).toBeLessThan(10);
  });

  test("is not full of those who come once a second", () => {
    const { clock, limit } = createScene({ perMinute: 60, maxKeys: 100 });
    for (let stranger = 0; stranger < 10_000; stranger += 1) {
      limit.take(`stranger ${stranger}`);
      clock.now += 100;
    }
    expect(limit.size).toBeLessThan(50);
  });
});
