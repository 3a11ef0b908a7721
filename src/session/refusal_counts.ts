import type { Store } from "../../db/contract/store.ts";
import { createRefusalLog, type RefusalLog, type RefusalLogOptions } from "../http/refusal_log.ts";

/** Counts refused sign-ins by day and code, and logs refusals. */
export interface RefusalCounts extends Omit<RefusalLog, "flush"> {
  add(code: string): void;
  /** Writes the counts to the database, and to the log what it left out. */
  flush(): Promise<void>;
}

/**
 * Counts in memory and writes from time to time, so that an attacker cannot cause one write per request. A
 * crash loses the counts since the last flush.
 */
export function createRefusalCounts({
  store,
  ...options
}: RefusalLogOptions & { store: Store }): RefusalCounts {
  const { log, now } = options;
  const refusalLog = createRefusalLog(options);
  let counts = new Map<string, number>();
  return {
    ...refusalLog,
    add(code) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    },
    async flush() {
      refusalLog.flush();
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
