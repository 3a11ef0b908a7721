import { and, desc, eq, gte, lt, or } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { auditDetails, auditEvents } from "../audit_schema.ts";
import type { AuditFilter } from "../contract/audit.ts";

/** The visible columns of an event. */
export const eventColumns = {
  seq: auditEvents.seq,
  at: auditEvents.at,
  kind: auditEvents.kind,
  actorId: auditEvents.actorId,
  subjectId: auditEvents.subjectId,
};

/** Selects events that match `filter`. Built for each call, because each filter is a different statement. */
export function selectEvents(db: BunSQLiteDatabase) {
  return ({ kind, personId, since, until, before, limit }: AuditFilter) => {
    const query = db
      .select({ ...eventColumns, details: auditDetails.details })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(
        and(
          kind === undefined ? undefined : eq(auditEvents.kind, kind),
          personId === undefined
            ? undefined
            : or(eq(auditEvents.subjectId, personId), eq(auditEvents.actorId, personId)),
          since === undefined ? undefined : gte(auditEvents.at, since),
          until === undefined ? undefined : lt(auditEvents.at, until),
          before === undefined ? undefined : lt(auditEvents.seq, before),
        ),
      )
      .orderBy(desc(auditEvents.seq))
      .limit(limit);
    return statement(query).all();
  };
}
