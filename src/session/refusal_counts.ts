import type { Store } from "../../db/contract/store.ts";
import type { Log } from "../log.ts";

/** Counts refused sign-ins by day and code. */
export interface RefusalCounts {
  add(code: string): void;
  /** Writes the counts to the database. */
  flush(): Promise<void>;
}

/**
 * Counts in memory and writes from time to time, so that an attacker cannot cause one write per request. A
 * crash loses the counts since the last flush.
 */
export function createRefusalCounts({
  store,
  now,
  log,
}: {
  store: Store;
  now: () => number;
  log: Log;
}): RefusalCounts {
  let counts = new Map<string, number>();
  return {
    add(code) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    },
    async flush() {
      if (counts.size === 0) return;
      const written = counts;
      counts = new Map();
      try {
        await store.countRefusals({ counts: [...written], now: now() });
      } catch (error) {
        for (const [code, count] of written) counts.set(code, (counts.get(code) ?? 0) + count);
        log("error", "refusals_not_counted", { cause: String(error) });
      }
    },
  };
}
