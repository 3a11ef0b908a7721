import type { SQL } from "bun";
import { asc, eq, inArray, sql } from "drizzle-orm";

import { type Act, createStatement, type Prepared, type Statement } from "../act.ts";
import { chainEvents } from "../acts/chain_events.ts";
import type { Dialect } from "../dialect.ts";
import type { EventLog, PreparedStatements } from "../statements/all.ts";
import { placeholder } from "../statements/placeholders.ts";
import { auditPending, counterChanges } from "./schema.ts";

/** How many events are chained in one transaction: so few that a busy machine does it within the time that work has. */
export const SEAL_BATCH = 250;

/** An audit log whose events wait. */
interface PendingLog extends EventLog {
  /** Finds out whether something waits. */
  findPending: Statement<Prepared>;
  /** The same as {@linkcode sealBatch}, and adds up what counters wait for. Not in an act that others may be in the way of. */
  sealAndCount(): Act<number>;
  /** Chains those that wait longest, and counts them. */
  sealBatch(): Act<number>;
}

/** Whoever chains changes a row of this table, and reading goes on. */
const HOLD_LOG = "lock table audit_marks in share row exclusive mode";

/** So many at once: after somebody has inserted a million people by hand, nobody waits for all of them. */
const ADD_UP = `with taken as (
    delete from counter_changes where id in (select id from counter_changes order by id limit 10000) returning name, change)
  insert into counters select name, sum(change) from taken group by name order by name
  on conflict (name) do update set count = counters.count + excluded.count`;

/** A statement that Drizzle has no builder for. */
function raw(text: string): Prepared {
  return {
    execute(this: { client: Pick<SQL, "unsafe"> }) {
      return this.client.unsafe(text);
    },
  } as unknown as Prepared;
}

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
    db
      .select({ one: sql`1` })
      .from(sql`(select 1) as one`)
      .where(sql`exists (select from ${auditPending}) or exists (select from ${counterChanges})`),
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
  const holdLog = createStatement(() => raw(HOLD_LOG));

  // In one order: else two processes could wait for each other.
  const addUp = createStatement(() => raw(ADD_UP));

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
    *sealAndCount() {
      const events = yield* sealBatch();
      yield* addUp.run();
      return events;
    },
  };
}
