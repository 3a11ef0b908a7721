import type { AppContext } from "./session/app_context.ts";

const SWEEP_EVERY_MS = 60_000;

type SweeperContext = Pick<AppContext, "config" | "store" | "refusals" | "log" | "now" | "every">;

/** Deletes every minute what has expired, and writes the counts of refusals. Returns how to stop. */
export function startSweeper({ config, store, refusals, log, now, every }: SweeperContext) {
  async function sweep(): Promise<void> {
    try {
      await refusals.flush();
      await store.deleteExpired(now());
      await store.pruneAudit(now() - config.auditRetentionMs);
    } catch (error) {
      log("error", "sweep_failed", { cause: String(error) });
    }
  }

  return every(SWEEP_EVERY_MS, () => void sweep());
}
