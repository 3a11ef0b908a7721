import { and, asc, desc, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";

import type { PeopleFilter, PeopleOrder } from "../contract/people_list.ts";
import type { Dialect, PeopleMatch } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** How a list is sorted. */
export interface PeopleSort {
  order: PeopleOrder;
  isReversed: boolean;
}

/** Which people each filter shows. Administrators are those by the flag, and those that the configuration may name. */
export function peopleFilters({
  tables: { users },
  noCase,
  isListed,
}: Pick<Dialect, "tables" | "noCase" | "isListed">) {
  const { id, email, hostedDomain, adminSince, disabledAt, googleDisabledAt } = users;
  const isDisabled = or(isNotNull(disabledAt), isNotNull(googleDisabledAt));
  /** The admin role by an address in the JSON array `emails`, for which Google is authoritative. */
  const isConfigured = sql`${isListed(noCase(email), "emails")} and (${hostedDomain} is not null or ${noCase(email)} like '%@gmail.com')`;
  // As two lists in one, because only then do both engines use the indexes.
  const hasAdminRole = sql`${id} in (select ${id} from ${users} where ${adminSince} > 0 union all select ${id} from ${users} where ${isConfigured})`;
  return {
    isDisabled,
    isActive: and(isNull(disabledAt), isNull(googleDisabledAt)),
    hasAdminRole,
    isConfigured,
  };
}

/** Statements that select the ids of people in an order. Each kind of list is prepared when it is first used. */
export function preparePeopleIds(dialect: Dialect) {
  const { db, tables, statement, noCase } = dialect;
  const { users } = tables;
  const { isActive, isDisabled, hasAdminRole } = peopleFilters(dialect);
  const conditions = {
    all: undefined,
    active: isActive,
    disabled: isDisabled,
    admins: hasAdminRole,
  };
  const orders: Record<PeopleOrder, { by: SQL; descends: boolean }> = {
    name: { by: noCase(users.name), descends: false },
    email: { by: noCase(users.email), descends: false },
    created: { by: sql`${users.createdAt}`, descends: true },
    signed_in: { by: sql`${users.signedInAt}`, descends: true },
  };
  const known = new Map<string, ReturnType<typeof prepareIds>>();
  const remember = (key: string, prepare: () => ReturnType<typeof prepareIds>) => {
    const found = known.get(key) ?? prepare();
    known.set(key, found);
    return found;
  };

  /**
   * The ids of `source`, where `condition` holds, without the first `skip`. To skip 50,000 entries of an index that
   * has every column takes 0.3 ms, so each page can have a number.
   */
  function prepareIds(source: SQL, condition: SQL | undefined, { order, isReversed }: PeopleSort) {
    const { by, descends } = orders[order];
    const direction = descends === isReversed ? asc : desc;
    return statement(() =>
      db
        // As SQL: Drizzle knows no tables in a source that is SQL.
        .select({ id: sql<string>`${users.id}` })
        .from(source)
        .where(condition)
        .orderBy(direction(by), direction(users.id))
        .limit(placeholder("limit"))
        .offset(placeholder("skip")),
    );
  }

  return {
    /** Everybody with the status `filter`. */
    everybody({ filter, ...sort }: PeopleSort & { filter: PeopleFilter }) {
      return remember(`${filter} ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(sql`${users}`, conditions[filter], sort),
      );
    },

    /** The people of a search with the status `filter`. */
    matching(match: PeopleMatch, { filter, ...sort }: PeopleSort & { filter: PeopleFilter }) {
      return remember(`${match.kind} ${filter} ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(match.source(filter), undefined, sort),
      );
    },
  };
}
