import { type RetentionContext, startAccountRetention } from "./account_retention.ts";
import type { AppContext } from "./session/app_context.ts";

const SWEEP_EVERY_MS = 60_000;

type SweeperContext = RetentionContext & Pick<AppContext, "googleKeys" | "refusals" | "every">;

/**
 * Every minute: deletes what has expired, writes the counts of refusals, keeps Google's keys new. Deletes unused
 * accounts beside that. Returns how to stop.
 */
export function startSweeper(context: SweeperContext) {
  const { config, store, googleKeys, refusals, log, now, every } = context;

  let isSweeping = false;

  async function sweep(): Promise<void> {
    void googleKeys.refreshIfDue();
    // Much may have expired at once, and takes longer than a minute.
    if (isSweeping) return;
    isSweeping = true;
    try {
      await refusals.flush();
      await store.deleteExpired(now());
      await store.pruneAudit(now() - config.auditRetentionMs);
    } catch (error) {
      log("error", "sweep_failed", { cause: String(error) });
    } finally {
      isSweeping = false;
    }
  }

  const stopSweep = every(SWEEP_EVERY_MS, () => void sweep());
  const stopRetention = startAccountRetention(context);
  return () => {
    stopSweep();
    stopRetention();
  };
}
