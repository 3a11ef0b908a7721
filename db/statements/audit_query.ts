import { and, asc, desc, eq, gt, gte, lt, or, type SQL, sql } from "drizzle-orm";

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
  const isAboutPeople = personId !== undefined || people !== undefined;
  const ids = [...(personId ? [personId] : []), ...(people?.ids ?? [])];
  return {
    ...(kind === undefined ? {} : { [kind === FREQUENT ? "frequentKind" : "kind"]: kind }),
    ...(isAboutPeople ? { ids: JSON.stringify(ids) } : {}),
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
  const isAboutPeople = names.has("ids");
  // With a person, only the indexes of people are used: the others find far more.
  const [kind, at] = isAboutPeople
    ? [unplanned(auditEvents.kind), unplanned(auditEvents.at)]
    : [sql`${auditEvents.kind}`, sql`${auditEvents.at}`];
  const isAfter = names.has("after");
  // As the index says it: it is used only if the statement says the same.
  const isIndexed = sql`${auditEvents.kind} <> ${sql.raw(`'${FREQUENT}'`)}`;
  return statement(() =>
    db
      .select({ ...eventColumns(tables), details: auditDetails.details })
      .from(auditEvents)
      .leftJoin(auditDetails, eq(auditDetails.seq, auditEvents.seq))
      .where(
        and(
          isInChain(dialect),
          names.has("kind") ? and(eq(kind, placeholder("kind")), isIndexed) : undefined,
          names.has("frequentKind")
            ? eq(unplanned(auditEvents.kind), placeholder("frequentKind"))
            : undefined,
          isAboutPeople ? concerns(dialect, { hasEmail: names.has("email") }) : undefined,
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
function concerns(
  { tables: { auditEvents, auditDetails }, noCase, isListed }: Dialect,
  { hasEmail }: { hasEmail: boolean },
) {
  // As the index says it, which leaves out those who are their own subject.
  const isActorAlone = sql`${auditEvents.actorId} <> coalesce(${auditEvents.subjectId}, '')`;
  const isAbout = sql`${auditEvents.seq} in (select ${auditDetails.seq} from ${auditDetails} where ${noCase(auditDetails.email)} = ${noCase(placeholder("email"))})`;
  return or(
    isListed(auditEvents.subjectId, "ids"),
    and(isListed(auditEvents.actorId, "ids"), isActorAlone),
    hasEmail ? isAbout : undefined,
  );
}
