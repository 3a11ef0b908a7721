import { and, asc, eq, isNull, lt, ne, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { peopleFilters } from "./people_ids.ts";
import { personColumns } from "./people_list.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";

/** Statements about people, except sign-in. */
export function peopleStatements(dialect: Dialect) {
  const { db, tables, statement, noCase } = dialect;
  const { users, sessions } = tables;
  const { isActive: mayEnter, hasAdminRole } = peopleFilters(dialect);
  const lastUse = {
    id: sessions.id,
    lastSeenAt: sessions.lastSeenAt,
    idleEndsAt: sessions.idleEndsAt,
  };
  return {
    /** Expired ones as well, in no order: their last use may wait. */
    listSessionsOf: statement(() =>
      db
        .select({
          id: sessions.id,
          createdAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
          idleEndsAt: sessions.idleEndsAt,
          method: sessions.method,
          userAgent: sessions.userAgent,
          network: sessions.network,
          boundAt: sessions.boundAt,
          authenticatedAt: sessions.authenticatedAt,
          amr: sessions.amr,
        })
        .from(sessions)
        .where(and(eq(sessions.userId, placeholder("userId")), isNull(sessions.endedByAdminAt))),
    ),

    deleteOwnSession: statement(() =>
      db
        .delete(sessions)
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            eq(sessions.userId, placeholder("userId")),
            isNull(sessions.endedByAdminAt),
          ),
        )
        .returning({ id: sessions.id }),
    ),

    deleteSessionsOf: statement(() =>
      db
        .delete(sessions)
        .where(
          and(
            eq(sessions.userId, placeholder("userId")),
            isNull(sessions.endedByAdminAt),
            ne(sessions.id, placeholder("exceptId")),
          ),
        )
        .returning(lastUse),
    ),

    /** Ends sessions for good, but keeps their rows until they expire. */
    markSessionsEnded: statement(() =>
      db
        .update(sessions)
        .set({ endedByAdminAt: numberPlaceholder("now") })
        .where(and(eq(sessions.userId, placeholder("userId")), isNull(sessions.endedByAdminAt)))
        .returning(lastUse),
    ),

    findPerson: statement(() =>
      db
        .select(personColumns(tables))
        .from(users)
        .where(eq(users.id, placeholder("userId"))),
    ),

    /** Selects every column, so that an export is complete. */
    findWholePerson: statement(() =>
      db
        .select()
        .from(users)
        .where(eq(users.id, placeholder("userId"))),
    ),

    listPeopleAfter: statement(() =>
      db
        .select(personColumns(tables))
        .from(users)
        .where(
          sql`(${users.createdAt}, ${users.id}) > (${placeholder("createdAt")}, ${placeholder("id")})`,
        )
        .orderBy(asc(users.createdAt), asc(users.id))
        .limit(placeholder("limit")),
    ),

    findPeopleByEmail: statement(() =>
      db
        .select(personColumns(tables))
        .from(users)
        .where(sql`${noCase(users.email)} = ${noCase(placeholder("email"))}`)
        .orderBy(asc(users.id)),
    ),

    /** The next people who have not signed in since `before`, the longest first. */
    listLongestUnused: statement(() =>
      db
        .select(personColumns(tables))
        .from(users)
        .where(
          and(
            lt(users.signedInAt, placeholder("before")),
            sql`(${users.signedInAt}, ${users.id}) > (${placeholder("signedInAt")}, ${placeholder("userId")})`,
          ),
        )
        .orderBy(asc(users.signedInAt), asc(users.id))
        .limit(placeholder("limit")),
    ),

    deletePerson: statement(() => db.delete(users).where(eq(users.id, placeholder("userId")))),

    setAdminSince: statement(() =>
      db
        .update(users)
        .set({ adminSince: numberPlaceholder("at") })
        .where(eq(users.id, placeholder("userId"))),
    ),

    /** Possible administrators: by the flag, or by an address in the JSON array `emails`. The configuration may still not admit them. */
    listAdmins: statement(() =>
      db.select(personColumns(tables)).from(users).where(and(mayEnter, hasAdminRole)),
    ),
  };
}
