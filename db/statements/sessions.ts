import { and, asc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { placeholder } from "./placeholders.ts";

/** Sessions that began before a time, or with an ID token from before it: an event of Google may arrive late. */
export function beganBefore({ sessions }: Pick<Tables, "sessions">) {
  const before = placeholder("before");
  return or(lt(sessions.createdAt, before), lt(sessions.tokenIssuedAt, before));
}

/** An administrator may end a session while one of its requests is under way. It stays as it was then. */
export function isNotOver({ sessions }: Pick<Tables, "sessions">) {
  return isNull(sessions.endedByAdminAt);
}

/** Statements about sessions. */
export function sessionStatements({
  db,
  tables: { sessions, sessionTokens },
  statement,
  activityRows,
  isListed,
  unplanned,
}: Dialect) {
  return {
    listSessionOwners: statement(() =>
      db
        .selectDistinct({ userId: sessions.userId })
        .from(sessions)
        .where(and(gt(sessions.userId, placeholder("after")), isNotOver({ sessions })))
        .orderBy(asc(sessions.userId))
        .limit(placeholder("limit")),
    ),

    saveSession: statement(() =>
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

    setAccess: statement(() =>
      db
        .update(sessions)
        .set({ accessHash: sql`${placeholder("accessHash")}` })
        .where(and(eq(sessions.id, placeholder("sessionId")), isNotOver({ sessions }))),
    ),

    /**
     * Of the JSON array `activities`. A later use of another process stays. Whatever is further ahead comes from before a
     * clock was set back.
     */
    writeActivity: statement(() =>
      db
        .update(sessions)
        .set({ lastSeenAt: sql`used.now`, idleEndsAt: sql`used.idle_ends_at` })
        .from(activityRows(placeholder("activities")))
        .where(
          and(
            // PostgreSQL does not know how few they are, and would read all sessions. SQLite must not begin with it.
            isListed(unplanned(sessions.id), "ids"),
            eq(sessions.id, sql`used.session_id`),
            isNotOver({ sessions }),
            sql`(${sessions.lastSeenAt} = used.seen_at or ${sessions.lastSeenAt} < used.now)`,
          ),
        ),
    ),

    endSession: statement(() =>
      db
        .delete(sessions)
        .where(eq(sessions.id, placeholder("sessionId")))
        .returning({ id: sessions.id }),
    ),

    deleteSessionsBefore: statement(() =>
      db
        .delete(sessions)
        .where(and(eq(sessions.userId, placeholder("userId")), beganBefore({ sessions })))
        .returning({ id: sessions.id }),
    ),

    endSessionOfToken: statement(() =>
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

    deleteAllSessions: statement(() =>
      db.delete(sessions).returning({ idleEndsAt: sessions.idleEndsAt }),
    ),
  };
}
