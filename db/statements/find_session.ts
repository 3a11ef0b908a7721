import { eq, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { users } from "../schema.ts";
import { boundTokens, sessions, sessionTokens } from "../session_schema.ts";
import { placeholder } from "./placeholders.ts";
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
  boundAt: sessions.boundAt,
  amr: sessions.amr,
  user: userColumns,
};

/** Statements that find a session and its person. */
export function findSessionStatements(db: BunSQLiteDatabase) {
  return {
    findSession: statement(
      db
        .select({
          ...sessionColumns,
          token: {
            generation: sessionTokens.generation,
            supersededAt: sessionTokens.supersededAt,
            boundUntil: sql<number | null>`(select ${boundTokens.expiresAt} from ${boundTokens}
              where ${boundTokens.hash} = +${placeholder("boundHash")} and ${boundTokens.sessionId} = ${sessions.id})`,
          },
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
  };
}
