import type { SQL } from "bun";
import { asc, eq, inArray, sql } from "drizzle-orm";

import { type Act, createStatement, type Prepared, type Statement } from "../act.ts";
import { chainEvents } from "../acts/chain_events.ts";
import type { Dialect } from "../dialect.ts";
import type { EventLog, PreparedStatements } from "../statements/all.ts";
import { placeholder } from "../statements/placeholders.ts";
import { auditPending } from "./schema.ts";

/** How many events are chained in one transaction: so few that a busy machine does it within the time that work has. */
export const SEAL_BATCH = 250;

/** An audit log whose events wait. */
interface PendingLog extends EventLog {
  /** Finds one that waits. */
  findPending: Statement<Prepared>;
  /** Chains those that wait longest, and counts them. */
  sealBatch(): Act<number>;
}

/** Drizzle has no builder for it. Whoever chains changes a row of this table, and reading goes on. */
const HOLD_LOG = {
  execute(this: { client: Pick<SQL, "unsafe"> }) {
    return this.client.unsafe("lock table audit_marks in share row exclusive mode");
  },
} as unknown as Prepared;

/** The audit log as acts append to it: their events wait until they are chained, many at once. */
export function createPendingLog(
  { db, tables: { auditMarks }, statement }: Dialect,
  run: PreparedStatements,
): PendingLog {
  const savePending = statement(() =>
    db.insert(auditPending).values({
      at: placeholder("at"),
      kind: placeholder("kind"),
      actorId: placeholder("actorId"),
      subjectId: placeholder("subjectId"),
      detailsHash: placeholder("detailsHash"),
      salt: placeholder("salt"),
      details: placeholder("details"),
      email: placeholder("email"),
    }),
  );
  const findPending = statement(() =>
    db.select({ id: auditPending.id }).from(auditPending).limit(1),
  );
  const first = db
    .select({ id: auditPending.id })
    .from(auditPending)
    .orderBy(asc(auditPending.id))
    .limit(SEAL_BATCH);
  const takePending = statement(() =>
    db.delete(auditPending).where(inArray(auditPending.id, first)).returning(),
  );
  // Whoever holds the head chains. The others wait for it, and go on behind.
  const lockHead = statement(() =>
    db
      .update(auditMarks)
      .set({ seq: sql`${auditMarks.seq}` })
      .where(eq(auditMarks.name, "head")),
  );

  // Alone among queries, it waits before the transaction sees anything.
  const holdLog = createStatement(() => HOLD_LOG);

  function* sealBatch(): Act<number> {
    if (!(yield* findPending.get())) return 0;
    yield* lockHead.run();
    const taken = yield* takePending.all();
    // Another process has chained them meanwhile.
    if (taken.length === 0) return 0;
    const inOrder = taken.toSorted((one, other) => Number(one.id) - Number(other.id));
    const events = inOrder.map(({ id: _, ...event }) => event);
    yield* chainEvents(run, events);
    return events.length;
  }

  return {
    append: (event) => savePending.run({ ...event })[Symbol.iterator](),
    *seal() {
      while ((yield* sealBatch()) === SEAL_BATCH);
    },
    hold: () => holdLog.run()[Symbol.iterator](),
    findPending,
    sealBatch,
  };
}
