import { eq, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { placeholder } from "./placeholders.ts";
import { userColumns } from "./users.ts";

function sessionColumns({ users, sessions }: Pick<Tables, "users" | "sessions">) {
  return {
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
    user: userColumns({ users }),
  };
}

/** Statements that find a session and its person. */
export function findSessionStatements({ db, tables, statement, unplanned, isListed }: Dialect) {
  const { users, sessions, sessionTokens, boundTokens } = tables;
  return {
    findSession: statement(() =>
      db
        .select({
          ...sessionColumns(tables),
          token: {
            generation: sessionTokens.generation,
            supersededAt: sessionTokens.supersededAt,
            boundUntil: sql<number | null>`(select ${boundTokens.expiresAt} from ${boundTokens}
              where ${boundTokens.hash} = ${unplanned(placeholder("boundHash"))} and ${boundTokens.sessionId} = ${sessions.id})`.mapWith(
              Number,
            ),
          },
        })
        .from(sessionTokens)
        .innerJoin(sessions, eq(sessions.id, sessionTokens.sessionId))
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessionTokens.hash, unplanned(placeholder("hash")))),
    ),

    findSessionById: statement(() =>
      db
        .select(sessionColumns(tables))
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, unplanned(placeholder("sessionId")))),
    ),

    /** Of the JSON array `ids`, in no order. */
    findSessionsById: statement(() =>
      db
        .select(sessionColumns(tables))
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(isListed(sessions.id, "ids")),
    ),

    findSessionByAccess: statement(() =>
      db
        .select(sessionColumns(tables))
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.accessHash, unplanned(placeholder("accessHash")))),
    ),
  };
}
