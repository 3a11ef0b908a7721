import { and, asc, eq, gt, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { sessions, sessionTokens } from "../session_schema.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";

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
        bindingSecret: placeholder("bindingSecret"),
        authenticatedAt: placeholder("authenticatedAt"),
        // As it is: the column would write JSON once more.
        amr: sql`${placeholder("amr")}`,
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
