import { and, asc, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { auditDetails, auditEvents, auditMarks } from "../audit_schema.ts";
import { eventColumns } from "./audit_query.ts";
import { placeholder } from "./placeholders.ts";

/** What is asked and written of the record. */
export function auditStatements(db: BunSQLiteDatabase) {
  const seqsWhere = (condition: SQL) =>
    db.select({ seq: auditEvents.seq }).from(auditEvents).where(condition);
  return {
    findMark: statement(
      db
        .select({ seq: auditMarks.seq, hash: auditMarks.hash })
        .from(auditMarks)
        .where(eq(auditMarks.name, placeholder("name"))),
    ),

    saveMark: statement(
      db
        .insert(auditMarks)
        .values({ name: placeholder("name"), seq: placeholder("seq"), hash: placeholder("hash") })
        .onConflictDoUpdate({
          target: auditMarks.name,
          set: { seq: sql`excluded.seq`, hash: sql`excluded.hash` },
        }),
    ),

    saveEvent: statement(
      db.insert(auditEvents).values({
        seq: placeholder("seq"),
        at: placeholder("at"),
        kind: placeholder("kind"),
        actorId: placeholder("actorId"),
        subjectId: placeholder("subjectId"),
        detailsHash: placeholder("detailsHash"),
        hash: placeholder("hash"),
      }),
    ),

    saveDetails: statement(
      db.insert(auditDetails).values({
        seq: placeholder("seq"),
        salt: placeholder("salt"),
        details: placeholder("details"),
      }),
    ),

    /** Events in the order of the chain, with all that is hashed. */
    readChain: statement(
      db
        .select({
          ...eventColumns,
          detailsHash: auditEvents.detailsHash,
          hash: auditEvents.hash,
          salt: auditDetails.salt,
          details: auditDetails.details,
        })
        .from(auditEvents)
        .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
        .where(gt(auditEvents.seq, placeholder("after")))
        .orderBy(asc(auditEvents.seq))
        .limit(placeholder("limit")),
    ),

    /** The newest event that is old enough to be forgotten. */
    findLastBefore: statement(
      db
        .select({ seq: auditEvents.seq, hash: auditEvents.hash })
        .from(auditEvents)
        // In the order of the chain: a clock that was set back must not take newer events along.
        .where(
          sql`${auditEvents.seq} < coalesce((select ${auditEvents.seq} from ${auditEvents} where ${auditEvents.at} >= ${placeholder("before")} order by ${auditEvents.seq} limit 1), 9007199254740991)`,
        )
        .orderBy(desc(auditEvents.seq))
        .limit(1),
    ),

    forgetEvents: statement(
      db
        .delete(auditEvents)
        .where(lte(auditEvents.seq, placeholder("seq")))
        .returning({ seq: auditEvents.seq }),
    ),

    forgetDetails: statement(
      db.delete(auditDetails).where(lte(auditDetails.seq, placeholder("seq"))),
    ),

    /** Erases what is known of what happened to a person; what they did to others stays on the record. */
    eraseDetailsOf: statement(
      db.delete(auditDetails).where(
        or(
          inArray(auditDetails.seq, seqsWhere(eq(auditEvents.subjectId, placeholder("userId")))),
          // What happened before they had an account names their address alone.
          and(
            inArray(auditDetails.seq, seqsWhere(isNull(auditEvents.subjectId))),
            sql`${auditDetails.details} ->> 'email' = ${placeholder("email")} collate nocase`,
          ),
        ),
      ),
    ),
  };
}
