import { MAX_ACTIVITY_WAIT_MS } from "../db/contract/session.ts";
import { type RetentionContext, startAccountRetention } from "./account_retention.ts";
import type { AppContext } from "./session/app_context.ts";

const SWEEP_EVERY_MS = 60_000;
/** A crash loses activity that waits, so it waits only for this part of the idle time. */
const WAITING_PART = 20;

type SweeperContext = RetentionContext & Pick<AppContext, "googleKeys" | "refusals" | "every">;

/**
 * Every minute: deletes what has expired, writes the counts of refusals, keeps Google's keys new. Beside that, writes
 * activity and deletes unused accounts. Returns how to stop.
 */
export function startSweeper(context: SweeperContext) {
  const { config, store, googleKeys, refusals, log, now, every } = context;
  let isFailing = false;
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

  async function writeActivity(): Promise<void> {
    try {
      await store.writeActivity();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log("warn", "activity_not_written", { cause: String(error) });
      isFailing = true;
    }
  }

  const stopSweep = every(SWEEP_EVERY_MS, () => void sweep());
  const waitMs = Math.min(config.sessionMaxAgeMs / WAITING_PART, MAX_ACTIVITY_WAIT_MS);
  const stopWriting = every(waitMs, () => void writeActivity());
  const stopRetention = startAccountRetention(context);
  return () => {
    stopSweep();
    stopWriting();
    stopRetention();
  };
}
