import type { WriteActivity } from "./activity_writer.ts";
import { pruneNextEvents } from "./acts/audit_log.ts";
import { deleteNextExpired } from "./acts/expired.ts";
import type { Store } from "./contract/store.ts";
import { inBatches } from "./in_batches.ts";
import type { Runner } from "./runner.ts";
import type { Statements } from "./statements/all.ts";

/** So many rows are deleted in one transaction. */
const EXPIRED_AT_ONCE = { first: 20, most: 200 };
const PRUNED_AT_ONCE = { first: 50, most: 1000 };

/** What long work needs. */
export interface LongWorkParts extends Pick<Runner, "write"> {
  run: Statements;
  writeActivity: WriteActivity;
  /** How long one of its transactions should take, in milliseconds. */
  batchMs: number;
}

/** The store's methods that delete whatever there is, in many transactions. */
export function createLongWork({
  run,
  write,
  writeActivity,
  batchMs,
}: LongWorkParts): Pick<Store, "deleteExpired" | "pruneAudit"> {
  return {
    async deleteExpired(now) {
      const deleteNext = async (limit: number) => {
        // Who is active has not expired.
        await writeActivity();
        return write(() => deleteNextExpired(run, { now, limit }));
      };
      await inBatches(deleteNext, { ...EXPIRED_AT_ONCE, aimMs: batchMs });
    },

    async pruneAudit(until) {
      let count = 0;
      const pruneNext = async (limit: number) => {
        const pruned = await write(() => pruneNextEvents(run, { until, limit }));
        count += pruned;
        return pruned === limit;
      };
      await inBatches(pruneNext, { ...PRUNED_AT_ONCE, aimMs: batchMs });
      return count;
    },
  };
}
