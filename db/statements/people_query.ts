import { and, asc, desc, inArray, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

import { type Act, statement } from "../act.ts";
import type { PeopleQuery } from "../contract/people.ts";
import { users } from "../schema.ts";

/** The columns that the admin page shows. */
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

const ORDERS = {
  name: { by: noCase(users.name), isDescending: false },
  email: { by: noCase(users.email), isDescending: false },
  created: { by: sql`${users.createdAt}`, isDescending: true },
  signed_in: { by: sql`${users.signedInAt}`, isDescending: true },
};

/** Up to this many matches are sorted in memory. For more, SQLite walks the index until a page is full. */
const MAX_SORTED = 1000;

/** Selects one page of people by seeking in the index of the chosen order. */
export function selectPeople(db: BunSQLiteDatabase) {
  return function* ({ query, order, after, limit }: PeopleQuery) {
    const { by, isDescending } = ORDERS[order];
    const direction = isDescending ? desc : asc;
    const comparison = sql.raw(isDescending ? "<" : ">");
    const matches = query === "" ? null : yield* findMatches(query);
    const page = db
      .select(personColumns)
      .from(users)
      .where(
        and(
          matches
            ? inArray(users.id, matches)
            : or(beginsWith(users.name, query), beginsWith(users.email, query)),
          // SQLite seeks an index with a collation by one column, not by a pair.
          after === null
            ? undefined
            : sql`(${by} ${comparison}= ${after.value} and (${by} ${comparison} ${after.value} or ${users.id} ${comparison} ${after.id}))`,
        ),
      )
      .orderBy(direction(by), direction(users.id))
      .limit(limit);
    return yield* statement(page).all();
  };

  /** The ids of people whose name or address begins with `text`, or `null` if there are too many to sort. */
  function* findMatches(text: string): Act<string[] | null> {
    const ids = new Set<string>();
    for (const column of [users.name, users.email]) {
      const query = db
        .select({ id: users.id })
        .from(users)
        .where(beginsWith(column, text))
        .limit(MAX_SORTED + 1);
      for (const { id } of yield* statement(query).all()) ids.add(id);
    }
    return ids.size > MAX_SORTED ? null : [...ids];
  }
}

/** A prefix match as a range of the index. LIKE with a bound pattern does not use the index. */
function beginsWith(column: AnySQLiteColumn, text: string): SQL | undefined {
  if (text === "") return undefined;
  const value = noCase(column);
  return sql`(${value} >= ${text} and ${value} < ${`${text}\u{10ffff}`})`;
}
