import type { Act } from "../act.ts";
import type { Counters } from "../contract/people.ts";
import {
  MAX_FOUND,
  type PeopleFilter,
  type PeopleList,
  type PeopleQuery,
  type PersonSummary,
} from "../contract/people_list.ts";
import type { PeopleMatch } from "../dialect.ts";
import type { Statements } from "../statements/all.ts";

/** One page of the people that a search and a filter select. */
export function* listPeople(run: Statements, query: PeopleQuery): Act<PeopleList> {
  const { filter, limit } = query;
  const match = run.matchPeople(query.search);
  const counts = match ? null : yield* countPeople(run, query.configuredAdmins);
  if (counts && filter !== "admins") {
    const count = counts[filter];
    const skipped = lastSkip(query, count);
    const people = yield* readPeople(run, yield* readIds(run, query, { skipped, count }));
    return { people, skipped, count, isCut: false, counts };
  }
  const found = yield* findIds(run, query, match);
  const { length: count } = found.slice(0, MAX_FOUND);
  const skipped = lastSkip(query, count);
  const people = yield* readPeople(run, found.slice(skipped, Math.min(skipped + limit, count)));
  return { people, skipped, count, isCut: found.length > MAX_FOUND, counts };
}

/** Where the wanted page begins, or the last one: people may have gone since its link was drawn. */
function lastSkip({ skip, limit }: PeopleQuery, count: number): number {
  return skip < count ? skip : Math.max(0, Math.ceil(count / limit) - 1) * limit;
}

/** The ids of a page of everybody. One in the second half is read from the end, because skipping takes time. */
function* readIds(
  run: Statements,
  { limit, isReversed, ...query }: PeopleQuery,
  { skipped, count }: { skipped: number; count: number },
): Act<{ id: string }[]> {
  const isNearEnd = skipped > count / 2;
  const size = Math.max(0, Math.min(limit, count - skipped));
  const ids = yield* run.peopleIds
    .everybody({ ...query, isReversed: isReversed !== isNearEnd })
    .all({ skip: isNearEnd ? count - skipped - size : skipped, limit: size });
  return isNearEnd ? ids.toReversed() : ids;
}

/** The ids of a search, of the administrators, or of both: one more than are listed, if there are more. */
function* findIds(
  run: Statements,
  query: PeopleQuery,
  found: PeopleMatch | null,
): Act<{ id: string }[]> {
  const { filter, configuredAdmins } = query;
  const emails = JSON.stringify([...configuredAdmins]);
  const values = { skip: 0, limit: MAX_FOUND + 1, emails };
  if (!found) return yield* run.peopleIds.everybody(query).all(values);
  return yield* run.peopleIds.matching(found, query).all({ ...values, ...found.values(filter) });
}

/** How many people each filter shows. */
function* countPeople(
  run: Statements,
  configuredAdmins: ReadonlySet<string>,
): Act<Record<PeopleFilter, number>> {
  const emails = JSON.stringify([...configuredAdmins]);
  const { all, disabled } = (yield* run.countPeople.get()) ?? { all: 0, disabled: 0 };
  const admins = (yield* run.countAdmins.get({ emails }))?.count ?? 0;
  return { all, active: all - disabled, admins, disabled };
}

/** The numbers of the overview, and of each day since `sinceDay`. */
export function* readCounters(
  run: Statements,
  { now, sinceDay }: { now: number; sinceDay: string },
): Act<Counters> {
  const totals = yield* run.readTotals.get({ now });
  return {
    people: 0,
    sessions: 0,
    disabledByGoogle: 0,
    ...totals,
    days: yield* run.listCounts.all({ since: sinceDay }),
  };
}

/** The people with these ids, in the order of the ids. */
function* readPeople(run: Statements, ids: { id: string }[]): Act<PersonSummary[]> {
  const found = yield* run.findPeopleByIds.all({ ids: JSON.stringify(ids.map(({ id }) => id)) });
  const byId = new Map(found.map((person) => [person.id, person]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}
