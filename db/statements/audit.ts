import { and, asc, desc, eq, exists, gt, inArray, isNull, lte, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about the audit log. */
export function auditStatements({
  db,
  tables: { auditEvents, auditDetails, auditMarks },
  statement,
  noCase,
}: Dialect) {
  const isNext = sql`${auditEvents.seq} > ${placeholder("after")} and ${auditEvents.seq} <= ${placeholder("upTo")}`;
  return {
    findMark: statement(() =>
      db
        .select({ seq: auditMarks.seq, hash: auditMarks.hash, chained: auditMarks.chained })
        .from(auditMarks)
        .where(eq(auditMarks.name, placeholder("name"))),
    ),

    saveMark: statement(() =>
      db
        .insert(auditMarks)
        .values({
          name: placeholder("name"),
          seq: placeholder("seq"),
          hash: placeholder("hash"),
          chained: placeholder("chained"),
        })
        .onConflictDoUpdate({
          target: auditMarks.name,
          set: {
            seq: sql`excluded.seq`,
            hash: sql`excluded.hash`,
            chained: sql`excluded.chained`,
          },
        }),
    ),

    saveEvent: statement(() =>
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

    saveDetails: statement(() =>
      db.insert(auditDetails).values({
        seq: placeholder("seq"),
        salt: placeholder("salt"),
        details: placeholder("details"),
        email: placeholder("email"),
      }),
    ),

    /** The newest event behind `after`, up to `upTo`, that is old enough to delete. */
    findLastBefore: statement(() =>
      db
        .select()
        .from(auditEvents)
        // In chain order: after the clock was set back, newer events must not be deleted.
        .where(
          and(
            isNext,
            sql`${auditEvents.seq} < coalesce((select min(${auditEvents.seq}) from ${auditEvents} where ${auditEvents.at} >= ${placeholder("before")} and ${isNext}), 9007199254740991)`,
          ),
        )
        .orderBy(desc(auditEvents.seq))
        .limit(1),
    ),

    /** The next events, as the salted hashes of their details tell whose they are. */
    listChainAfter: statement(() =>
      db
        .select({
          seq: auditEvents.seq,
          kind: auditEvents.kind,
          subjectId: auditEvents.subjectId,
          detailsHash: auditEvents.detailsHash,
          hash: auditEvents.hash,
        })
        .from(auditEvents)
        .where(gt(auditEvents.seq, placeholder("seq")))
        .orderBy(asc(auditEvents.seq))
        .limit(placeholder("limit")),
    ),

    findEventHash: statement(() =>
      db
        .select({ hash: auditEvents.hash })
        .from(auditEvents)
        .where(eq(auditEvents.seq, placeholder("seq"))),
    ),

    deleteEventsUpTo: statement(() =>
      db
        .delete(auditEvents)
        .where(lte(auditEvents.seq, placeholder("seq")))
        .returning({ seq: auditEvents.seq }),
    ),

    deleteDetailsUpTo: statement(() =>
      db.delete(auditDetails).where(lte(auditDetails.seq, placeholder("seq"))),
    ),

    /** Erases the details of events about a person. Details of what they did to others stay. */
    eraseDetailsOf: statement(() =>
      db.delete(auditDetails).where(
        inArray(
          auditDetails.seq,
          db
            .select({ seq: auditEvents.seq })
            .from(auditEvents)
            .where(eq(auditEvents.subjectId, placeholder("userId"))),
        ),
      ),
    ),

    /** The same for events before the account existed, which have only the address. As one statement, it would scan. */
    eraseDetailsOfAddress: statement(() =>
      db.delete(auditDetails).where(
        and(
          eq(noCase(auditDetails.email), noCase(placeholder("email"))),
          exists(
            db
              .select({ seq: auditEvents.seq })
              .from(auditEvents)
              .where(and(eq(auditEvents.seq, auditDetails.seq), isNull(auditEvents.subjectId))),
          ),
        ),
      ),
    ),
  };
}
