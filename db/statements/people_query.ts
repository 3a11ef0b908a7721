import { and, asc, desc, inArray, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

import { type Act, statement } from "../act.ts";
import type { PeopleQuery } from "../contract/people.ts";
import { users } from "../schema.ts";

/** What the desk asks of a person. */
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

/** A column without regard to the case of ASCII letters, as its index has it. */
export const noCase = (column: AnySQLiteColumn) => sql`${column} COLLATE NOCASE`;

const ORDERS = {
  name: { by: noCase(users.name), isDescending: false },
  email: { by: noCase(users.email), isDescending: false },
  created: { by: sql`${users.createdAt}`, isDescending: true },
  signed_in: { by: sql`${users.signedInAt}`, isDescending: true },
};

/** So many people are put in order as they are found; among more, an index is walked until a page is full. */
const FEW = 1000;

/** A page of people; each order is an index, and a page begins at a place in it. */
export function selectPeople(db: BunSQLiteDatabase) {
  return function* ({ query, order, after, limit }: PeopleQuery) {
    const { by, isDescending } = ORDERS[order];
    const direction = isDescending ? desc : asc;
    const beyond = sql.raw(isDescending ? "<" : ">");
    const few = query === "" ? null : yield* findFew(query);
    const page = db
      .select(personColumns)
      .from(users)
      .where(
        and(
          few
            ? inArray(users.id, few)
            : or(beginsWith(users.name, query), beginsWith(users.email, query)),
          // SQLite seeks an index with a collation by one column, not by a pair.
          after === null
            ? undefined
            : sql`(${by} ${beyond}= ${after.value} and (${by} ${beyond} ${after.value} or ${users.id} ${beyond} ${after.id}))`,
        ),
      )
      .orderBy(direction(by), direction(users.id))
      .limit(limit);
    return yield* statement(page).all();
  };

  /** The ids of those whose name or address begins with `text`, or `null` if they are many. */
  function* findFew(text: string): Act<string[] | null> {
    const ids = new Set<string>();
    for (const column of [users.name, users.email]) {
      const query = db
        .select({ id: users.id })
        .from(users)
        .where(beginsWith(column, text))
        .limit(FEW + 1);
      for (const { id } of yield* statement(query).all()) ids.add(id);
    }
    return ids.size > FEW ? null : [...ids];
  }
}

/** A range of an index, which LIKE with a bound pattern is not. */
function beginsWith(column: AnySQLiteColumn, text: string): SQL | undefined {
  if (text === "") return undefined;
  const place = noCase(column);
  return sql`(${place} >= ${text} and ${place} < ${`${text}\u{10ffff}`})`;
}
