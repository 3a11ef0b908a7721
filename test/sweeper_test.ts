import { expect, test } from "bun:test";

import { startSweeper } from "../src/sweeper.ts";
import { createFoyer } from "./fixture.ts";

test("a sweep that takes longer than a minute is not begun again", async () => {
  const { deps, store } = await createFoyer();
  const turn = () => new Promise(setImmediate);
  const sweeping = Promise.withResolvers<void>();
  let begun = 0;
  let sweep = () => {};
  startSweeper({
    ...deps,
    store: {
      ...store,
      deleteExpired() {
        begun += 1;
        return sweeping.promise;
      },
    },
    measureClock: async () => 0,
    every(ms, act) {
      if (ms === 60_000) sweep = act;
      return () => {};
    },
  });
  while (begun < 1) {
    sweep();
    await turn();
  }
  for (let minute = 0; minute < 3; minute += 1) {
    sweep();
    await turn();
  }
  expect(begun).toBe(1);
  sweeping.resolve();
  while (begun < 2) {
    sweep();
    await turn();
  }
});
