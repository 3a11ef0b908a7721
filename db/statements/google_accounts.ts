import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { deletionMarks, googleAccounts } from "../google_schema.ts";
import { usedNonces } from "../session_schema.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about what Google says about accounts, and about what was deleted as expired. */
export function googleAccountStatements(db: BunSQLiteDatabase) {
  const isOver = and(
    lte(googleAccounts.expiresAt, placeholder("now")),
    eq(googleAccounts.isDisabled, false),
  );
  /** The greater time counts. */
  const onConflict = {
    target: deletionMarks.name,
    set: { at: sql`max(${deletionMarks.at}, excluded.at)` },
  };
  return {
    findGoogleAccount: statement(
      db
        .select()
        .from(googleAccounts)
        .where(eq(googleAccounts.subHash, placeholder("subHash"))),
    ),

    /** An event may arrive after a later one. Events that change no status have the status time 0. */
    saveGoogleAccount: statement(
      db
        .insert(googleAccounts)
        .values({
          subHash: placeholder("subHash"),
          revokedAt: placeholder("revokedAt"),
          statusAt: placeholder("statusAt"),
          isDisabled: sql`${placeholder("isDisabled")}`,
          expiresAt: placeholder("expiresAt"),
        })
        .onConflictDoUpdate({
          target: googleAccounts.subHash,
          set: {
            revokedAt: sql`max(revoked_at, excluded.revoked_at)`,
            statusAt: sql`max(status_at, excluded.status_at)`,
            isDisabled: sql`iif(excluded.status_at >= status_at, excluded.is_disabled, is_disabled)`,
            expiresAt: sql`max(expires_at, excluded.expires_at)`,
          },
        })
        .returning({ statusAt: googleAccounts.statusAt }),
    ),

    keepRevocationMark: statement(
      db
        .insert(deletionMarks)
        .select(
          db
            .select({
              name: sql<"revocations">`'revocations'`.as("name"),
              at: sql<number>`max(${googleAccounts.revokedAt})`.as("at"),
            })
            .from(googleAccounts)
            .where(isOver)
            .having(gt(sql`max(${googleAccounts.revokedAt})`, 0)),
        )
        .onConflictDoUpdate(onConflict),
    ),

    deleteExpiredGoogleAccounts: statement(db.delete(googleAccounts).where(isOver)),

    keepNonceMark: statement(
      db
        .insert(deletionMarks)
        .select(
          db
            .select({
              name: sql<"nonces">`'nonces'`.as("name"),
              at: sql<number>`max(${usedNonces.expiresAt})`.as("at"),
            })
            .from(usedNonces)
            .where(lte(usedNonces.expiresAt, placeholder("now")))
            .having(sql`count(*) > 0`),
        )
        .onConflictDoUpdate(onConflict),
    ),

    saveDeletionMark: statement(
      db
        .insert(deletionMarks)
        .values({ name: placeholder("name"), at: placeholder("at") })
        .onConflictDoUpdate(onConflict),
    ),

    findDeletionMark: statement(
      db
        .select({ at: deletionMarks.at })
        .from(deletionMarks)
        .where(eq(deletionMarks.name, placeholder("name"))),
    ),
  };
}
