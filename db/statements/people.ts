import { and, asc, count, desc, eq, gt, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { invitations, sessions, users } from "../schema.ts";
import { noCase, personColumns } from "./people_query.ts";
import { bound, boundNumber } from "./placeholders.ts";

/** Who may be an administrator: by a flag, or by an address in the JSON list `emails`. */
const isAdmin = and(
  isNull(users.disabledAt),
  isNull(users.googleDisabledAt),
  or(
    isNotNull(users.adminSince),
    sql`${users.email} COLLATE NOCASE in (select value from json_each(${bound("emails")}))`,
  ),
);

/** An invitation of the address `email`, in whatever case of ASCII letters; nothing else is folded. */
const isInvited = sql`${noCase(invitations.email)} = ${bound("email")}`;

/** What is asked and written of people, beside their signing in. */
export function preparePeopleStatements(db: BunSQLiteDatabase) {
  const isActive = and(isNull(sessions.endedAt), gt(sessions.endsAt, bound("now")));
  return {
    listSessions: db
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        selectBy: sessions.selectBy,
        userAgent: sessions.userAgent,
        network: sessions.network,
      })
      .from(sessions)
      .where(and(eq(sessions.userId, bound("userId")), isActive))
      .orderBy(desc(sessions.lastSeenAt), asc(sessions.id))
      .prepare(),

    deleteOwnSession: db
      .delete(sessions)
      .where(and(eq(sessions.id, bound("sessionId")), eq(sessions.userId, bound("userId"))))
      .returning({ endedAt: sessions.endedAt })
      .prepare(),

    deleteSessionsOf: db
      .delete(sessions)
      .where(
        and(
          eq(sessions.userId, bound("userId")),
          isNull(sessions.endedAt),
          ne(sessions.id, bound("exceptId")),
        ),
      )
      .returning({ id: sessions.id })
      .prepare(),

    /** Ends sessions for good, but remembers them until they would have ended by themselves. */
    markSessionsEnded: db
      .update(sessions)
      .set({ endedAt: boundNumber("now") })
      .where(and(eq(sessions.userId, bound("userId")), isNull(sessions.endedAt)))
      .returning({ id: sessions.id })
      .prepare(),

    findPerson: db
      .select(personColumns)
      .from(users)
      .where(eq(users.id, bound("userId")))
      .prepare(),

    findWholePerson: db
      .select({ ...personColumns, sub: users.sub, emailVerified: users.emailVerified })
      .from(users)
      .where(eq(users.id, bound("userId")))
      .prepare(),

    findPeopleByEmail: db
      .select(personColumns)
      .from(users)
      .where(sql`${noCase(users.email)} = ${bound("email")}`)
      .orderBy(asc(users.id))
      .prepare(),

    deletePerson: db
      .delete(users)
      .where(eq(users.id, bound("userId")))
      .prepare(),

    setAdminSince: db
      .update(users)
      .set({ adminSince: boundNumber("at") })
      .where(eq(users.id, bound("userId")))
      .prepare(),

    /** Everybody who could administer, if the settings let them in. */
    listAdmins: db.select(personColumns).from(users).where(isAdmin).prepare(),

    listInvitations: db.select().from(invitations).orderBy(asc(invitations.email)).prepare(),

    findInvitation: db
      .select({ email: invitations.email })
      .from(invitations)
      .where(isInvited)
      .prepare(),

    saveInvitation: db
      .insert(invitations)
      .values({ email: bound("email"), invitedAt: bound("now") })
      .onConflictDoNothing()
      .returning({ email: invitations.email })
      .prepare(),

    deleteInvitation: db
      .delete(invitations)
      .where(isInvited)
      .returning({ email: invitations.email })
      .prepare(),

    countPeople: db.select({ count: count() }).from(users).prepare(),

    countSessions: db.select({ count: count() }).from(sessions).where(isActive).prepare(),
  };
}
