import { asc, desc, eq, gt, gte, lt, lte, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { eventColumns } from "./audit_query.ts";
import {
  auditDetails,
  auditEvents,
  auditMarks,
  dailyCounts,
  recordedOnce,
} from "./audit_schema.ts";
import { bound } from "./bound.ts";

/** What is asked and written of the record. */
export function prepareAuditStatements(db: BunSQLiteDatabase) {
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
      .where(lt(auditEvents.at, bound("before")))
      .orderBy(desc(auditEvents.at), desc(auditEvents.seq))
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

    forgetDays: db
      .delete(dailyCounts)
      .where(lt(dailyCounts.day, bound("day")))
      .prepare(),

    /** Erases what is known of a person's events; the chain stays. */
    eraseDetailsOf: db
      .delete(auditDetails)
      .where(
        sql`${auditDetails.seq} in (select ${auditEvents.seq} from ${auditEvents} where ${auditEvents.subjectId} = ${bound("userId")} union all select ${auditEvents.seq} from ${auditEvents} where ${auditEvents.actorId} = ${bound("userId")})`,
      )
      .prepare(),

    count: db
      .insert(dailyCounts)
      .values({ day: bound("day"), code: bound("code"), count: bound("count") })
      .onConflictDoUpdate({
        target: [dailyCounts.day, dailyCounts.code],
        set: { count: sql`${dailyCounts.count} + excluded.count` },
      })
      .prepare(),

    listCounts: db
      .select()
      .from(dailyCounts)
      .where(gte(dailyCounts.day, bound("since")))
      .orderBy(asc(dailyCounts.day), asc(dailyCounts.code))
      .prepare(),

    recordOnce: db
      .insert(recordedOnce)
      .values({ hash: bound("hash"), expiresAt: bound("expiresAt") })
      .onConflictDoNothing()
      .returning({ hash: recordedOnce.hash })
      .prepare(),

    forgetRecordedOnce: db
      .delete(recordedOnce)
      .where(lte(recordedOnce.expiresAt, bound("now")))
      .prepare(),
  };
}
