import { and, asc, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { auditDetails, auditEvents, auditMarks } from "../audit_schema.ts";
import { eventColumns } from "./audit_query.ts";
import { bound } from "./placeholders.ts";

/** What is asked and written of the record. */
export function prepareAuditStatements(db: BunSQLiteDatabase) {
  const seqsWhere = (condition: SQL) =>
    db.select({ seq: auditEvents.seq }).from(auditEvents).where(condition);
  return {
    findMark: db
      .select({ seq: auditMarks.seq, hash: auditMarks.hash })
      .from(auditMarks)
      .where(eq(auditMarks.name, bound("name")))
      .prepare(),

    saveMark: db
      .insert(auditMarks)
      .values({ name: bound("name"), seq: bound("seq"), hash: bound("hash") })
      .onConflictDoUpdate({
        target: auditMarks.name,
        set: { seq: sql`excluded.seq`, hash: sql`excluded.hash` },
      })
      .prepare(),

    saveEvent: db
      .insert(auditEvents)
      .values({
        seq: bound("seq"),
        at: bound("at"),
        kind: bound("kind"),
        actorId: bound("actorId"),
        subjectId: bound("subjectId"),
        detailsHash: bound("detailsHash"),
        hash: bound("hash"),
      })
      .prepare(),

    saveDetails: db
      .insert(auditDetails)
      .values({ seq: bound("seq"), salt: bound("salt"), details: bound("details") })
      .prepare(),

    /** Events in the order of the chain, with all that is hashed. */
    readChain: db
      .select({
        ...eventColumns,
        detailsHash: auditEvents.detailsHash,
        hash: auditEvents.hash,
        salt: auditDetails.salt,
        details: auditDetails.details,
      })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(gt(auditEvents.seq, bound("after")))
      .orderBy(asc(auditEvents.seq))
      .limit(bound("limit"))
      .prepare(),

    /** The newest event that is old enough to be forgotten. */
    findLastBefore: db
      .select({ seq: auditEvents.seq, hash: auditEvents.hash })
      .from(auditEvents)
      // In the order of the chain: a clock that was set back must not take newer events along.
      .where(
        sql`${auditEvents.seq} < coalesce((select ${auditEvents.seq} from ${auditEvents} where ${auditEvents.at} >= ${bound("before")} order by ${auditEvents.seq} limit 1), 9007199254740991)`,
      )
      .orderBy(desc(auditEvents.seq))
      .limit(1)
      .prepare(),

    forgetEvents: db
      .delete(auditEvents)
      .where(lte(auditEvents.seq, bound("seq")))
      .returning({ seq: auditEvents.seq })
      .prepare(),

    forgetDetails: db
      .delete(auditDetails)
      .where(lte(auditDetails.seq, bound("seq")))
      .prepare(),

    /** Erases what is known of what happened to a person; what they did to others stays on the record. */
    eraseDetailsOf: db
      .delete(auditDetails)
      .where(
        or(
          inArray(auditDetails.seq, seqsWhere(eq(auditEvents.subjectId, bound("userId")))),
          // What happened before they had an account names their address alone.
          and(
            inArray(auditDetails.seq, seqsWhere(isNull(auditEvents.subjectId))),
            sql`${auditDetails.details} ->> 'email' = ${bound("email")} collate nocase`,
          ),
        ),
      )
      .prepare(),
  };
}
