import { expect, test } from "bun:test";

import { Registry } from "prom-client";

import { addGauges, type MetricsSources } from "../../src/metrics/gauges.ts";

/** Gauges over a database that is read in `busyMs`. */
function createScene(busyMs: number) {
  let readings = 0;
  const store: MetricsSources["store"] = {
    async readFigures() {
      readings += 1;
      const end = performance.now() + busyMs;
      while (performance.now() < end);
      return { sessions: readings, databaseBytes: 4096, backupAt: null };
    },
  };
  const gauges = addGauges(new Registry());
  gauges.readFrom({
    store,
    googleKeys: { ageMs: () => null },
    loginEvents: { listenerCount: 0 },
    readDescriptors: () => null,
    now: Date.now,
  });
  return { read: gauges.read, readings: () => readings };
}

test("a database that answers quickly is read at each scrape", async () => {
  const { read, readings } = createScene(0);
  for (let count = 0; count < 10; count += 1) await read();
  expect(readings()).toBeGreaterThan(8);
});

test("a database that takes long is read seldom", async () => {
  const { read, readings } = createScene(20);
  for (let count = 0; count < 10; count += 1) await read();
  expect(readings()).toBe(1);
});
