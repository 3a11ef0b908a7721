import { and, asc, desc, eq, gt, gte, lt, or, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import { statement } from "../act.ts";
import { auditDetails, auditEvents } from "../audit_schema.ts";
import type { AuditFilter } from "../contract/audit.ts";
import { placeholder } from "./placeholders.ts";

/** The visible columns of an event. */
export const eventColumns = {
  seq: auditEvents.seq,
  at: auditEvents.at,
  kind: auditEvents.kind,
  actorId: auditEvents.actorId,
  subjectId: auditEvents.subjectId,
};

/** The last event before the chain. Nothing verifies what stands before it or in its place. */
export const ROOT_SEQ = sql`coalesce((select seq from audit_marks where name = 'root'), 0)`;

/** Events of the chain. "+" leaves the index to the other conditions. */
export const isInChain = sql`+${auditEvents.seq} > ${ROOT_SEQ}`;

/** Selects events that match a filter. Each kind of filter is prepared when it is first used: there are 96. */
export function selectEvents(db: BunSQLiteDatabase) {
  const known = new Map<string, ReturnType<typeof prepareList>>();
  return function* (filter: AuditFilter) {
    const values = valuesOf(filter);
    const names = Object.keys(values);
    const shape = names.join(" ");
    const list = known.get(shape) ?? prepareList(db, new Set(names));
    known.set(shape, list);
    const rows = yield* list.all(values);
    return "after" in values ? rows.toReversed() : rows;
  };
}

/** The values of a filter by their placeholders, always in the same order. */
function valuesOf({ personId, people, kind, since, until, before, after, limit }: AuditFilter) {
  const isAboutPeople = personId !== undefined || people !== undefined;
  const ids = [...(personId ? [personId] : []), ...(people?.ids ?? [])];
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(isAboutPeople ? { ids: JSON.stringify(ids) } : {}),
    ...(people && people.email !== null ? { email: people.email } : {}),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    limit,
  };
}

function prepareList(db: BunSQLiteDatabase, names: ReadonlySet<string>) {
  const isAboutPeople = names.has("ids");
  // With a person, only the indexes of people are used: "+" keeps SQLite from the others, which find far more.
  const [kind, at] = isAboutPeople
    ? [sql`+${auditEvents.kind}`, sql`+${auditEvents.at}`]
    : [sql`${auditEvents.kind}`, sql`${auditEvents.at}`];
  const isAfter = names.has("after");
  return statement(
    db
      .select({ ...eventColumns, details: auditDetails.details })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(
        and(
          isInChain,
          names.has("kind") ? eq(kind, placeholder("kind")) : undefined,
          isAboutPeople ? concerns(names.has("email")) : undefined,
          names.has("since") ? gte(at, placeholder("since")) : undefined,
          names.has("until") ? lt(at, placeholder("until")) : undefined,
          names.has("before") ? lt(auditEvents.seq, placeholder("before")) : undefined,
          isAfter ? gt(auditEvents.seq, placeholder("after")) : undefined,
        ),
      )
      .orderBy(isAfter ? asc(auditEvents.seq) : desc(auditEvents.seq))
      .limit(placeholder("limit")),
  );
}

/** The subject or the actor is one of the JSON array `ids`, or the address is `email`. */
function concerns(hasEmail: boolean) {
  const ids = placeholder("ids");
  const isOneOf = (column: SQLiteColumn) => sql`${column} in (select value from json_each(${ids}))`;
  const isAbout = sql`${auditEvents.seq} in (select seq from audit_details where email collate nocase = ${placeholder("email")})`;
  return or(
    isOneOf(auditEvents.subjectId),
    isOneOf(auditEvents.actorId),
    hasEmail ? isAbout : undefined,
  );
}
