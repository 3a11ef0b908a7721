import type { AppContext } from "./session/app_context.ts";

const SWEEP_EVERY_MS = 60_000;

type SweeperContext = Pick<
  AppContext,
  "config" | "store" | "googleKeys" | "refusals" | "log" | "now" | "every"
>;

/** Every minute: deletes what has expired, writes the counts of refusals, keeps Google's keys new. Returns how to stop. */
export function startSweeper(context: SweeperContext) {
  const { config, store, googleKeys, refusals, log, now, every } = context;

  async function sweep(): Promise<void> {
    void googleKeys.refreshIfDue();
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
