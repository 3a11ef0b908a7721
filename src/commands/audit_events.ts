import type { AuditEvent, AuditStore } from "../../db/contract/audit.ts";

const BATCH = 500;

/** The events behind the number `after`, oldest first, in batches. */
export async function* readEvents(store: AuditStore, after: number): AsyncGenerator<AuditEvent> {
  for (let last = after; ;) {
    const events = (await store.listEvents({ after: last, limit: BATCH })).toReversed();
    yield* events;
    if (events.length < BATCH) return;
    last = events.at(-1)?.seq ?? last;
  }
}
