import { and, eq, gt, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import type { SessionEnd } from "../contract/session_end.ts";
import { endedTokens, sessions, sessionTokens } from "../session_schema.ts";
import { placeholder } from "./placeholders.ts";
import { beganBefore } from "./sessions.ts";

/** The tokens that a browser may still hold. */
const isCurrent = isNull(sessionTokens.supersededAt);

/** When a token is forgotten, if its session ends at the time `now`. */
const A_DAY_FROM_NOW = sql<number>`${placeholder("now")} + 86400000`;

/** The same for a session that ended by itself, maybe while Foyer did not run. */
const A_DAY_AFTER_END = sql<number>`${sessions.idleEndsAt} + 86400000`;

/** Idle time ends a session before its lifetime does, or together with it. */
const EXPIRY = sql<SessionEnd>`iif(${sessions.idleEndsAt} < ${sessions.expiresAt}, 'idle', 'too_old')`;

/** Statements that keep the hashes of tokens whose session is about to end, and read and forget them. */
export function endedTokenStatements(db: BunSQLiteDatabase) {
  const reason = sql<SessionEnd>`${placeholder("why")}`;

  /** Keeps the tokens of sessions that an administrator has not ended before. */
  const keep = (which: SQL | undefined, columns = { reason, expiresAt: A_DAY_FROM_NOW }) =>
    statement(
      db
        .insert(endedTokens)
        .select(
          db
            .select({
              hash: sessionTokens.hash,
              userId: sessions.userId,
              reason: columns.reason.as("reason"),
              expiresAt: columns.expiresAt.as("expires_at"),
            })
            .from(sessionTokens)
            .innerJoin(sessions, eq(sessions.id, sessionTokens.sessionId))
            .where(and(which, isNull(sessions.endedByAdminAt))),
        )
        .onConflictDoNothing(),
    );
  const isTheirs = eq(sessions.userId, placeholder("userId"));

  return {
    /** After a theft, two hold copies, and one of them is an old one. */
    keepTokensOfSession: keep(
      and(
        eq(sessions.id, placeholder("sessionId")),
        isTheirs,
        or(isCurrent, eq(placeholder("why"), "suspicion")),
      ),
    ),

    keepTokensOfUser: keep(and(isTheirs, isCurrent, ne(sessions.id, placeholder("exceptId")))),

    keepAllTokens: keep(and(isCurrent, gt(sessions.idleEndsAt, placeholder("now")))),

    keepTokensBefore: keep(and(isTheirs, isCurrent, beganBefore)),

    keepExpiredTokens: keep(
      and(
        isCurrent,
        lte(sessions.idleEndsAt, placeholder("now")),
        gt(A_DAY_AFTER_END, placeholder("now")),
      ),
      { reason: EXPIRY, expiresAt: A_DAY_AFTER_END },
    ),

    findEndedToken: statement(
      db
        .select({ reason: endedTokens.reason })
        .from(endedTokens)
        .where(
          and(
            eq(endedTokens.hash, placeholder("tokenHash")),
            gt(endedTokens.expiresAt, placeholder("now")),
          ),
        ),
    ),

    forgetEndedToken: statement(
      db.delete(endedTokens).where(eq(endedTokens.hash, placeholder("tokenHash"))),
    ),

    deleteExpiredEndedTokens: statement(
      db.delete(endedTokens).where(lte(endedTokens.expiresAt, placeholder("now"))),
    ),
  };
}
