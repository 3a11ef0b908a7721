import { and, asc, desc, eq, gt, gte, lt, or, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

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
  return function* ({ kind, since, until, before, after, limit, ...who }: AuditFilter) {
    const isAfter = after !== undefined;
    const person = concerns(who);
    // With a person, only the indexes of people are used: "+" keeps SQLite from the others, which find far more.
    const [kindColumn, atColumn] = person
      ? [sql`+${auditEvents.kind}`, sql`+${auditEvents.at}`]
      : [sql`${auditEvents.kind}`, sql`${auditEvents.at}`];
    const query = db
      .select({ ...eventColumns, details: auditDetails.details })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(
        and(
          kind === undefined ? undefined : eq(kindColumn, kind),
          person,
          since === undefined ? undefined : gte(atColumn, since),
          until === undefined ? undefined : lt(atColumn, until),
          before === undefined ? undefined : lt(auditEvents.seq, before),
          isAfter ? gt(auditEvents.seq, after) : undefined,
        ),
      )
      .orderBy(isAfter ? asc(auditEvents.seq) : desc(auditEvents.seq))
      .limit(limit);
    const rows = yield* statement(query).all();
    return isAfter ? rows.toReversed() : rows;
  };
}

function concerns({ personId, people }: Pick<AuditFilter, "personId" | "people">) {
  if (personId === undefined && people === undefined) return undefined;
  const ids = JSON.stringify([...(personId ? [personId] : []), ...(people?.ids ?? [])]);
  const isOneOf = (column: SQLiteColumn) => sql`${column} in (select value from json_each(${ids}))`;
  const email = people?.email ?? null;
  const isAbout =
    email === null
      ? undefined
      : sql`${auditEvents.seq} in (select seq from audit_details where (details ->> 'email') collate nocase = ${email})`;
  return or(isOneOf(auditEvents.subjectId), isOneOf(auditEvents.actorId), isAbout);
}
