import { and, eq, gt, isNull, ne, or, type SQL, sql } from "drizzle-orm";

import type { SessionEnd } from "../contract/session_end.ts";
import type { Dialect } from "../dialect.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";
import { beganBefore } from "./sessions.ts";

/** Statements that keep the hashes of tokens whose session is about to end, and read and forget them. */
export function endedTokenStatements({
  db,
  tables: { sessions, sessionTokens, endedTokens },
  statement,
  isListed,
}: Dialect) {
  /** The tokens that a browser may still hold. */
  const isCurrent = isNull(sessionTokens.supersededAt);
  /** When a token is forgotten, if its session ends at the time `now`. */
  const aDayFromNow = sql<number>`${numberPlaceholder("now")} + 86400000`;
  /** The same for a session that ended by itself, maybe while Foyer did not run. */
  const aDayAfterEnd = sql<number>`${sessions.idleEndsAt} + 86400000`;
  /** Idle time ends a session before its lifetime does, or together with it. */
  const expiry = sql<SessionEnd>`case when ${sessions.idleEndsAt} < ${sessions.expiresAt} then 'idle' else 'too_old' end`;
  const reason = sql<SessionEnd>`${placeholder("why")}`;

  /** Keeps the tokens of sessions that an administrator has not ended before. */
  const keep = (which: SQL | undefined, columns = { reason, expiresAt: aDayFromNow }) =>
    statement(() =>
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

    keepTokensBefore: keep(and(isTheirs, isCurrent, beganBefore({ sessions }))),

    keepExpiredTokens: keep(
      and(isCurrent, isListed(sessions.id, "ids"), gt(aDayAfterEnd, placeholder("now"))),
      { reason: expiry, expiresAt: aDayAfterEnd },
    ),

    findEndedToken: statement(() =>
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

    forgetEndedToken: statement(() =>
      db.delete(endedTokens).where(eq(endedTokens.hash, placeholder("tokenHash"))),
    ),
  };
}
