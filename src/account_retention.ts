import { auditWithoutActor } from "../db/contract/audit.ts";
import { FIRST_UNUSED } from "../db/contract/unused_accounts.ts";
import { peoplePolicy } from "./auth/admission.ts";
import { describeClock, isClockWrong } from "./auth/clock.ts";
import type { AppContext } from "./session/app_context.ts";

/** What it needs. `measureClock` asks Google how far this machine's clock is behind, in milliseconds. */
export type RetentionContext = Pick<AppContext, "config" | "store" | "log" | "now" | "every"> & {
  measureClock: () => Promise<number | null>;
};

/** A few accounts each time: 100,000 take less than a day, and no request waits for more than some milliseconds. */
const EVERY_MS = 2000;
const MEASURED_FOR_MS = 60_000;

/**
 * Deletes accounts that nobody has signed in to for `config.accountRetentionMs`, a few at a time, as long as Google
 * says that this machine's clock is right: one that is years ahead would delete everybody. Returns how to stop.
 */
export function startAccountRetention(context: RetentionContext): () => void {
  const { config, store, log, now, every } = context;
  const { accountRetentionMs } = config;
  if (accountRetentionMs === null) return () => {};
  const policy = peoplePolicy(config);
  const isClockRight = createClockCheck(context);
  let after = FIRST_UNUSED;
  let isAtWork = false;
  let isStopped = false;

  async function deleteSome(keptMs: number): Promise<void> {
    const query = () => ({ before: now() - keptMs, after, now: now(), policy });
    const found = await store.findUnusedAccounts(query());
    if (found.userIds.length === 0) {
      after = found.next;
      return;
    }
    if (!(await isClockRight()) || isStopped) return;
    const deleted = await store.deleteUnusedAccounts(query(), auditWithoutActor(now()));
    after = deleted.next;
    for (const user of deleted.userIds) log("info", "account_deleted", { user, why: "not_used" });
  }

  const stop = every(EVERY_MS, () => {
    if (isAtWork) return;
    isAtWork = true;
    void deleteSome(accountRetentionMs)
      .catch((error) => log("error", "sweep_failed", { cause: String(error) }))
      .finally(() => {
        isAtWork = false;
      });
  });
  return () => {
    isStopped = true;
    stop();
  };
}

/** Creates what tells whether the clock is right, by an answer of Google's that is at most a minute old. */
function createClockCheck({ now, log, measureClock }: RetentionContext): () => Promise<boolean> {
  let measuredAt = Number.NEGATIVE_INFINITY;
  let isRight = false;
  return async () => {
    // The absolute difference: a clock that was set since then is measured again.
    if (Math.abs(now() - measuredAt) < MEASURED_FOR_MS) return isRight;
    const behindMs = await measureClock();
    measuredAt = now();
    isRight = behindMs !== null && !isClockWrong(behindMs);
    const cause = behindMs === null ? "Google did not tell the time" : describeClock(behindMs);
    if (!isRight) log("warn", "unused_accounts_kept", { cause });
    return isRight;
  };
}
