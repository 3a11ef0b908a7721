import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";

import type { AuditFilter, AuditKind } from "../contract/audit.ts";
import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { placeholder } from "./placeholders.ts";

/** The visible columns of an event. */
export function eventColumns({ auditEvents }: Pick<Tables, "auditEvents">) {
  return {
    seq: auditEvents.seq,
    at: auditEvents.at,
    kind: auditEvents.kind,
    actorId: auditEvents.actorId,
    subjectId: auditEvents.subjectId,
  };
}

/** The last event before the chain. Nothing verifies what stands before it or in its place. */
export const ROOT_SEQ = sql`coalesce((select seq from audit_marks where name = 'root'), 0)`;

/** Events of the chain. The index is left to the other conditions. */
export function isInChain({ tables, unplanned }: Dialect): SQL {
  return sql`${unplanned(tables.auditEvents.seq)} > ${ROOT_SEQ}`;
}

/** Selects events that match a filter. Each kind of filter is prepared when it is first used: there are 144. */
export function selectEvents(dialect: Dialect) {
  const known = new Map<string, ReturnType<typeof prepareList>>();
  return function* (filter: AuditFilter) {
    const values = valuesOf(filter);
    const names = Object.keys(values);
    const shape = names.join(" ");
    const list = known.get(shape) ?? prepareList(dialect, new Set(names));
    known.set(shape, list);
    const rows = yield* list.all(values);
    return "after" in values ? rows.toReversed() : rows;
  };
}

/** Half of all events and more. The index of kinds leaves it out. */
const FREQUENT: AuditKind = "signed_in";

/** The values of a filter by their placeholders, always in the same order. */
function valuesOf({ personId, people, kind, since, until, before, after, limit }: AuditFilter) {
  const ids = [...(personId === undefined ? [] : [personId]), ...(people?.ids ?? [])];
  return {
    ...(kind === undefined ? {} : { [kind === FREQUENT ? "frequentKind" : "kind"]: kind }),
    ...(people ? { ids: JSON.stringify(ids) } : {}),
    ...(people || personId === undefined ? {} : { personId }),
    ...(people && people.email !== null ? { email: people.email } : {}),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    limit,
  };
}

function prepareList(dialect: Dialect, names: ReadonlySet<string>) {
  const { db, tables, statement, unplanned } = dialect;
  const { auditEvents, auditDetails } = tables;
  const isAboutPeople = names.has("ids") || names.has("personId");
  // With a person, only the indexes of people are used: the others find far more.
  const [kind, at] = isAboutPeople
    ? [unplanned(auditEvents.kind), unplanned(auditEvents.at)]
    : [sql`${auditEvents.kind}`, sql`${auditEvents.at}`];
  const isAfter = names.has("after");
  // As the index says it: it is used only if the statement says the same.
  const isIndexed = sql`${auditEvents.kind} <> ${sql.raw(`'${FREQUENT}'`)}`;
  const isSelected = and(
    isInChain(dialect),
    names.has("kind") ? and(eq(kind, placeholder("kind")), isIndexed) : undefined,
    names.has("frequentKind")
      ? eq(unplanned(auditEvents.kind), placeholder("frequentKind"))
      : undefined,
    names.has("since") ? gte(at, placeholder("since")) : undefined,
    names.has("until") ? lt(at, placeholder("until")) : undefined,
    names.has("before") ? lt(auditEvents.seq, placeholder("before")) : undefined,
    isAfter ? gt(auditEvents.seq, placeholder("after")) : undefined,
  );
  const order = isAfter ? asc(auditEvents.seq) : desc(auditEvents.seq);
  const who = concerns(dialect, { hasEmail: names.has("email") });
  return statement(() =>
    db
      .select({ ...eventColumns(tables), details: auditDetails.details })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(
        names.has("personId")
          ? inArray(auditEvents.seq, firstOfPerson(dialect, { isSelected, order }))
          : and(isSelected, names.has("ids") ? who : undefined),
      )
      .orderBy(order)
      .limit(placeholder("limit")),
  );
}

/**
 * The first events that a person is the subject of, and the first of those that they alone did, each in the order of an
 * index: a person may have a hundred thousand, which are not sorted for each page.
 */
function firstOfPerson(
  dialect: Dialect,
  { isSelected, order }: { isSelected: SQL | undefined; order: SQL },
): SQL {
  const { auditEvents } = dialect.tables;
  const first = (who: SQL) =>
    sql`select seq from (select ${auditEvents.seq} from ${auditEvents} where ${and(who, isSelected)} order by ${order} limit ${placeholder("limit")})`;
  const isSubject = eq(auditEvents.subjectId, placeholder("personId"));
  const isActor = sql`${eq(auditEvents.actorId, placeholder("personId"))} and ${isActorAlone(dialect)}`;
  return sql`(${first(isSubject)} as subjects union all ${first(isActor)} as actors)`;
}

/** As the index says it, which leaves out those who are their own subject. */
function isActorAlone({ tables: { auditEvents } }: Dialect): SQL {
  return sql`${auditEvents.actorId} <> coalesce(${auditEvents.subjectId}, '')`;
}

/** The subject or the actor is one of the JSON array `ids`, or the address is `email`. */
function concerns(dialect: Dialect, { hasEmail }: { hasEmail: boolean }) {
  const { tables, noCase, isListed } = dialect;
  const { auditEvents, auditDetails } = tables;
  const isAbout = sql`${auditEvents.seq} in (select ${auditDetails.seq} from ${auditDetails} where ${noCase(auditDetails.email)} = ${noCase(placeholder("email"))})`;
  return or(
    isListed(auditEvents.subjectId, "ids"),
    and(isListed(auditEvents.actorId, "ids"), isActorAlone(dialect)),
    hasEmail ? isAbout : undefined,
  );
}
