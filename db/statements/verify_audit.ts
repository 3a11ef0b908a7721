import { and, asc, count, eq, gt, inArray, isNotNull, isNull, min, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { eventColumns } from "./audit_query.ts";
import { placeholder } from "./placeholders.ts";

/** Statements that read what `foyer audit verify` compares. */
export function verifyAuditStatements({
  db,
  tables: { users, auditEvents, auditDetails, dailyCounts },
  statement,
}: Dialect) {
  const ofEvent = eq(auditDetails.seq, auditEvents.seq);
  // Times are whole numbers, so the days since 1970 are, too.
  const day = sql<number>`${auditEvents.at} / 86400000`;
  return {
    /** Events in chain order, with every hashed value. */
    readChain: statement(() =>
      db
        .select({
          ...eventColumns({ auditEvents }),
          detailsHash: auditEvents.detailsHash,
          hash: auditEvents.hash,
          salt: auditDetails.salt,
          details: auditDetails.details,
          email: auditDetails.email,
        })
        .from(auditEvents)
        .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
        .where(gt(auditEvents.seq, placeholder("after")))
        .orderBy(asc(auditEvents.seq))
        .limit(placeholder("limit")),
    ),

    findLowest: statement(() => db.select({ seq: min(auditEvents.seq) }).from(auditEvents)),

    findStrayDetails: statement(() =>
      db
        .select({ seq: auditDetails.seq })
        .from(auditDetails)
        .leftJoin(auditEvents, ofEvent)
        .where(isNull(auditEvents.seq))
        .limit(1),
    ),

    findLostDetails: statement(() =>
      db
        .select({ seq: auditEvents.seq })
        .from(auditEvents)
        .leftJoin(auditDetails, ofEvent)
        .where(
          and(
            isNotNull(auditEvents.subjectId),
            isNull(auditDetails.seq),
            inArray(auditEvents.subjectId, db.select({ id: users.id }).from(users)),
          ),
        )
        .limit(1),
    ),

    countSignInEvents: statement(() =>
      db
        .select({ day: day.mapWith(Number), count: count() })
        .from(auditEvents)
        .where(and(eq(auditEvents.kind, "signed_in"), gt(day, placeholder("afterDay"))))
        .groupBy(day),
    ),

    listSignInCounts: statement(() =>
      db
        .select({ day: dailyCounts.day, count: dailyCounts.count })
        .from(dailyCounts)
        .where(and(eq(dailyCounts.code, "signed_in"), gt(dailyCounts.day, placeholder("after"))))
        .orderBy(asc(dailyCounts.day)),
    ),
  };
}
