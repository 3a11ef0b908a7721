import { and, asc, eq, inArray, lte, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements that delete what has expired: at most `limit` rows at once, the longest expired first. */
export function expiredStatements({ db, tables, statement, isListed }: Dialect) {
  const { sessions, endedTokens, boundTokens, usedNonces, recordedOnce, invitations } = tables;
  const { googleAccounts } = tables;

  const deleteFirst = (key: SQLiteColumn, expiresAt: SQLiteColumn, only?: SQL) => {
    const first = db
      .select({ key })
      .from(key.table)
      .where(and(lte(expiresAt, placeholder("now")), only))
      .orderBy(asc(expiresAt))
      .limit(placeholder("limit"));
    return statement(() => db.delete(key.table).where(inArray(key, first)).returning({ key }));
  };

  return {
    listExpiredSessions: statement(() =>
      db
        .select({ id: sessions.id })
        .from(sessions)
        .where(lte(sessions.idleEndsAt, placeholder("now")))
        .orderBy(asc(sessions.idleEndsAt))
        .limit(placeholder("limit")),
    ),

    /** Of the JSON array `ids`. */
    deleteSessions: statement(() => db.delete(sessions).where(isListed(sessions.id, "ids"))),

    deleteExpiredEndedTokens: deleteFirst(endedTokens.hash, endedTokens.expiresAt),
    deleteExpiredBoundTokens: deleteFirst(boundTokens.hash, boundTokens.expiresAt),
    deleteExpiredNonces: deleteFirst(usedNonces.hash, usedNonces.expiresAt),
    deleteExpiredOnce: deleteFirst(recordedOnce.hash, recordedOnce.expiresAt),
    deleteExpiredInvitations: deleteFirst(invitations.email, invitations.expiresAt),
    /** What Google disabled stays disabled. */
    deleteExpiredGoogleAccounts: deleteFirst(
      googleAccounts.subHash,
      googleAccounts.expiresAt,
      eq(googleAccounts.isDisabled, false),
    ),
  };
}
