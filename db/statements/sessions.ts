import { and, asc, eq, gt, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { sessions, sessionTokens, users } from "../schema.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";
import { userColumns } from "./users.ts";

const sessionColumns = {
  id: sessions.id,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
  idleEndsAt: sessions.idleEndsAt,
  generation: sessions.generation,
  renewedAt: sessions.renewedAt,
  offeredAt: sessions.offeredAt,
  endedByAdminAt: sessions.endedByAdminAt,
  user: userColumns,
};

/** Sessions that began before a time, or with an ID token from before it: an event of Google may arrive late. */
export const beganBefore = or(
  lt(sessions.createdAt, placeholder("before")),
  lt(sessions.tokenIssuedAt, placeholder("before")),
);

/** An administrator may end a session while one of its requests is under way. It stays as it was then. */
export const isNotOver = isNull(sessions.endedByAdminAt);

/** Statements about sessions. */
export function sessionStatements(db: BunSQLiteDatabase) {
  return {
    findSession: statement(
      db
        .select({
          ...sessionColumns,
          token: { generation: sessionTokens.generation, supersededAt: sessionTokens.supersededAt },
        })
        .from(sessionTokens)
        .innerJoin(sessions, eq(sessions.id, sessionTokens.sessionId))
        .innerJoin(users, eq(users.id, sessions.userId))
        // The unary plus keeps Bun's SQLite from planning again for each bound value (13 µs against 2).
        .where(eq(sessionTokens.hash, sql`+${placeholder("hash")}`)),
    ),

    findSessionById: statement(
      db
        .select(sessionColumns)
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, sql`+${placeholder("sessionId")}`)),
    ),

    findSessionByAccess: statement(
      db
        .select(sessionColumns)
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.accessHash, sql`+${placeholder("accessHash")}`)),
    ),

    listSessionOwners: statement(
      db
        .selectDistinct({ userId: sessions.userId })
        .from(sessions)
        .where(and(gt(sessions.userId, placeholder("after")), isNotOver))
        .orderBy(asc(sessions.userId))
        .limit(placeholder("limit")),
    ),

    saveSession: statement(
      db.insert(sessions).values({
        id: placeholder("id"),
        userId: placeholder("userId"),
        method: placeholder("method"),
        createdAt: placeholder("now"),
        tokenIssuedAt: placeholder("tokenIssuedAt"),
        lastSeenAt: placeholder("now"),
        expiresAt: placeholder("expiresAt"),
        idleEndsAt: placeholder("idleEndsAt"),
        generation: 0,
        renewedAt: placeholder("now"),
        userAgent: placeholder("userAgent"),
        network: placeholder("network"),
        accessHash: placeholder("accessHash"),
      }),
    ),

    setAccess: statement(
      db
        .update(sessions)
        .set({ accessHash: sql`${placeholder("accessHash")}` })
        .where(and(eq(sessions.id, placeholder("sessionId")), isNotOver)),
    ),

    recordActivity: statement(
      db
        .update(sessions)
        .set({ lastSeenAt: numberPlaceholder("now"), idleEndsAt: numberPlaceholder("idleEndsAt") })
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver,
            ne(sessions.lastSeenAt, placeholder("now")),
          ),
        ),
    ),

    endSession: statement(
      db
        .delete(sessions)
        .where(eq(sessions.id, placeholder("sessionId")))
        .returning({ id: sessions.id }),
    ),

    deleteSessionsBefore: statement(
      db
        .delete(sessions)
        .where(and(eq(sessions.userId, placeholder("userId")), beganBefore))
        .returning({ id: sessions.id }),
    ),

    endSessionOfToken: statement(
      db
        .delete(sessions)
        .where(
          eq(
            sessions.id,
            sql`(select ${sessionTokens.sessionId} from ${sessionTokens} where ${sessionTokens.hash} = ${placeholder("hash")})`,
          ),
        )
        .returning({ userId: sessions.userId }),
    ),

    deleteAllSessions: statement(
      db.delete(sessions).returning({ idleEndsAt: sessions.idleEndsAt }),
    ),

    deleteExpiredSessions: statement(
      db.delete(sessions).where(lte(sessions.idleEndsAt, placeholder("now"))),
    ),
  };
}
