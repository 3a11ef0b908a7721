import { and, asc, desc, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

import { statement } from "../act.ts";
import { MAX_FOUND, type PeopleFilter, type PeopleOrder } from "../contract/people_list.ts";
import { users } from "../schema.ts";
import type { PeopleMatch } from "./people_match.ts";
import { placeholder } from "./placeholders.ts";

/** The columns that the admin pages show. */
export const personColumns = {
  id: users.id,
  name: users.name,
  email: users.email,
  picture: users.picture,
  hostedDomain: users.hostedDomain,
  createdAt: users.createdAt,
  signedInAt: users.signedInAt,
  disabledAt: users.disabledAt,
  googleDisabledAt: users.googleDisabledAt,
  googleDisabledReason: users.googleDisabledReason,
  adminSince: users.adminSince,
};

/** Compares a column ignoring ASCII case, as its index does. */
export const noCase = (column: AnySQLiteColumn) => sql`${column} COLLATE NOCASE`;

const ORDERS: Record<PeopleOrder, { by: SQL; descends: boolean }> = {
  name: { by: noCase(users.name), descends: false },
  email: { by: noCase(users.email), descends: false },
  created: { by: sql`${users.createdAt}`, descends: true },
  signed_in: { by: sql`${users.signedInAt}`, descends: true },
};

const isDisabled = or(isNotNull(users.disabledAt), isNotNull(users.googleDisabledAt));

const STATUSES: Partial<Record<PeopleFilter, SQL | undefined>> = {
  active: and(isNull(users.disabledAt), isNull(users.googleDisabledAt)),
  disabled: isDisabled,
};

/** The admin role by an address in the JSON array `emails`, for which Google is authoritative. */
const IS_CONFIGURED = sql`email collate nocase in (select value from json_each(${placeholder("emails")})) and (hosted_domain is not null or email like '%@gmail.com')`;

/** The admin role by the flag or by the configuration. As two lists, because only then are the indexes used. */
const hasAdminRole = or(
  sql`${users.id} in (select id from users where admin_since > 0)`,
  sql`${users.id} in (select id from users where ${IS_CONFIGURED})`,
);

/** How a list is sorted. */
export interface PeopleSort {
  order: PeopleOrder;
  isReversed: boolean;
}

/** Statements that select the ids of people in an order. Each kind of list is prepared when it is first used. */
export function preparePeopleIds(db: BunSQLiteDatabase) {
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
    const { by, descends } = ORDERS[order];
    const direction = descends === isReversed ? asc : desc;
    const ids = db
      // As SQL: Drizzle knows no tables in a source that is SQL.
      .select({ id: sql<string>`${users.id}` })
      .from(source)
      .where(condition)
      .orderBy(direction(by), direction(users.id))
      .limit(placeholder("limit"))
      .offset(placeholder("skip"));
    return statement(ids);
  }

  return {
    /** Everybody, or those who are active or disabled. */
    everybody(filter: PeopleFilter, sort: PeopleSort) {
      return remember(`${filter} ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(sql`${users}`, STATUSES[filter], sort),
      );
    },

    admins(sort: PeopleSort) {
      return remember(`admins ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(sql`${users}`, hasAdminRole, sort),
      );
    },

    /** The people of a search. Sorts only the first matches: to sort all of them takes 200 ms among a million. */
    matches(index: PeopleMatch["index"], sort: PeopleSort) {
      return remember(`${index} ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(joinPeople(selectRows(index, "match")), undefined, sort),
      );
    },

    /** The people of `match`, and those of `matchAny` with an address in the JSON array `emails`. */
    matchingAdmins(index: PeopleMatch["index"], sort: PeopleSort) {
      const configured = sql`select position from people_search_rows where user_id in (select id from users where ${IS_CONFIGURED})`;
      const rows = sql`${selectRows(index, "match")} union ${selectRows(index, "matchAny")} and rowid in (${configured})`;
      return remember(`admins ${index} ${sort.order} ${sort.isReversed}`, () =>
        prepareIds(joinPeople(rows), undefined, sort),
      );
    },
  };
}

/** Selects the rows of a search whose FTS5 query is the parameter `name`. */
function selectRows(index: PeopleMatch["index"], name: string): SQL {
  const table = sql.identifier(index);
  return sql`select rowid as position from ${table} where ${table} match ${placeholder(name)}`;
}

/** A cross join keeps its order: from the first matches to the people. */
function joinPeople(rows: SQL): SQL {
  return sql`(select * from (${rows}) limit ${sql.raw(String(MAX_FOUND + 1))}) matched cross join people_search_rows searched on searched.position = matched.position cross join ${users} on ${users.id} = searched.user_id`;
}

/** Statements about people by their ids, and how many there are. */
export function peopleListStatements(db: BunSQLiteDatabase) {
  const count = { count: sql<number>`count(*)` };
  return {
    /** Up to a page of people, in no order. */
    findPeopleByIds: statement(
      db
        .select(personColumns)
        .from(users)
        .where(sql`${users.id} in (select value from json_each(${placeholder("ids")}))`),
    ),

    countPeople: statement(db.select(count).from(users)),

    countDisabled: statement(db.select(count).from(users).where(isDisabled)),

    countDisabledByGoogle: statement(
      db.select(count).from(users).where(isNotNull(users.googleDisabledAt)),
    ),

    countAdmins: statement(db.select(count).from(users).where(hasAdminRole)),
  };
}
