import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** The greater of a column and of the row that was to be inserted. */
function greater(column: SQLiteColumn) {
  const inserted = sql`excluded.${sql.identifier(column.name)}`;
  return sql`case when ${column} > ${inserted} then ${column} else ${inserted} end`;
}

/** Statements about what Google says about accounts, and about what was deleted as expired. */
export function googleAccountStatements({
  db,
  tables: { usedNonces, googleAccounts, deletionMarks },
  statement,
  unplanned,
}: Dialect) {
  const isOver = and(
    lte(googleAccounts.expiresAt, placeholder("now")),
    eq(googleAccounts.isDisabled, false),
  );
  /** The greater time counts. */
  const onConflict = {
    target: deletionMarks.name,
    set: { at: greater(deletionMarks.at) },
  };
  const markOf = (name: (typeof deletionMarks.$inferSelect)["name"]) =>
    sql<
      number | null
    >`(select ${deletionMarks.at} from ${deletionMarks} where ${deletionMarks.name} = ${sql.raw(`'${name}'`)})`.mapWith(
      Number,
    );
  return {
    /** One row in any case: every sign-in asks for all of it, and each statement is a round trip to PostgreSQL. */
    findGoogleWord: statement(() =>
      db
        .select({
          revokedAt: googleAccounts.revokedAt,
          isDisabled: googleAccounts.isDisabled,
          forgottenNonces: markOf("nonces"),
          forgottenRevocations: markOf("revocations"),
        })
        .from(sql`(select 1) as one`)
        .leftJoin(googleAccounts, eq(googleAccounts.subHash, unplanned(placeholder("subHash")))),
    ),

    /** An event may arrive after a later one. Events that change no status have the status time 0. */
    saveGoogleAccount: statement(() =>
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
            revokedAt: greater(googleAccounts.revokedAt),
            statusAt: greater(googleAccounts.statusAt),
            isDisabled: sql`case when excluded.status_at >= ${googleAccounts.statusAt} then excluded.is_disabled else ${googleAccounts.isDisabled} end`,
            expiresAt: greater(googleAccounts.expiresAt),
          },
        })
        .returning({ statusAt: googleAccounts.statusAt }),
    ),

    keepRevocationMark: statement(() =>
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

    keepNonceMark: statement(() =>
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

    saveDeletionMark: statement(() =>
      db
        .insert(deletionMarks)
        .values({ name: placeholder("name"), at: placeholder("at") })
        .onConflictDoUpdate(onConflict),
    ),
  };
}
