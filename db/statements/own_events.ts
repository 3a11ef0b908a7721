import { and, desc, eq, gte, ne } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { eventColumns, isInChain } from "./audit_query.ts";
import { placeholder } from "./placeholders.ts";

/** The statement about the events that concern one person. */
export function ownEventStatements(dialect: Dialect) {
  const { db, tables, statement } = dialect;
  const { auditEvents, auditDetails } = tables;
  return {
    listEventsAbout: statement(() =>
      db
        .select({ ...eventColumns({ auditEvents }), details: auditDetails.details })
        .from(auditEvents)
        .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
        .where(
          and(
            isInChain(dialect),
            eq(auditEvents.subjectId, placeholder("userId")),
            // It comes with each sign-in, and the list of devices says it.
            ne(auditEvents.kind, "session_bound"),
            gte(auditEvents.at, placeholder("since")),
          ),
        )
        .orderBy(desc(auditEvents.seq))
        .limit(placeholder("limit")),
    ),
  };
}
