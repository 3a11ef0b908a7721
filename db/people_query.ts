import { and, asc, desc, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

import type { PeopleQuery } from "./people_store.ts";
import { users } from "./schema.ts";

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

/** A page of people; each order is an index, and a page begins at a place in it. */
export function selectPeople(db: BunSQLiteDatabase) {
  return ({ query, order, after, limit }: PeopleQuery) => {
    const { by, isDescending } = ORDERS[order];
    const direction = isDescending ? desc : asc;
    const beyond = sql.raw(isDescending ? "<" : ">");
    // With a search, the few that are found are put in order; a unary plus keeps SQLite from walking the index.
    const place = query === "" ? by : sql`+${by}`;
    return db
      .select(personColumns)
      .from(users)
      .where(
        and(
          query === ""
            ? undefined
            : or(beginsWith(users.name, query), beginsWith(users.email, query)),
          after === null
            ? undefined
            : sql`(${by}, ${users.id}) ${beyond} (${after.value}, ${after.id})`,
        ),
      )
      .orderBy(direction(place), direction(users.id))
      .limit(limit)
      .all();
  };
}

/** A range of an index, which LIKE with a bound pattern is not. */
function beginsWith(column: AnySQLiteColumn, text: string): SQL {
  const place = noCase(column);
  return sql`(${place} >= ${text} and ${place} < ${`${text}\u{10ffff}`})`;
}
