import { and, desc, eq, gte, ne } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { auditDetails, auditEvents } from "../audit_schema.ts";
import { eventColumns, isInChain } from "./audit_query.ts";
import { placeholder } from "./placeholders.ts";

/** The statement about the events that concern one person. */
export function ownEventStatements(db: BunSQLiteDatabase) {
  return {
    listEventsAbout: statement(
      db
        .select({ ...eventColumns, details: auditDetails.details })
        .from(auditEvents)
        .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
        .where(
          and(
            isInChain,
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
