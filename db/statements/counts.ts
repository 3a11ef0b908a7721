import { asc, gte, lt, lte, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { dailyCounts, recordedOnce } from "../audit_schema.ts";
import { bound } from "./placeholders.ts";

/** What is counted by day, and what is noted so that it is recorded once. */
export function countStatements(db: BunSQLiteDatabase) {
  return {
    forgetDays: statement(db.delete(dailyCounts).where(lt(dailyCounts.day, bound("day")))),

    count: statement(
      db
        .insert(dailyCounts)
        .values({ day: bound("day"), code: bound("code"), count: bound("count") })
        .onConflictDoUpdate({
          target: [dailyCounts.day, dailyCounts.code],
          set: { count: sql`${dailyCounts.count} + excluded.count` },
        }),
    ),

    listCounts: statement(
      db
        .select()
        .from(dailyCounts)
        .where(gte(dailyCounts.day, bound("since")))
        .orderBy(asc(dailyCounts.day), asc(dailyCounts.code)),
    ),

    remember: statement(
      db
        .insert(recordedOnce)
        .values({ hash: bound("hash"), expiresAt: bound("expiresAt") })
        .onConflictDoNothing()
        .returning({ hash: recordedOnce.hash }),
    ),

    forgetRecordedOnce: statement(
      db.delete(recordedOnce).where(lte(recordedOnce.expiresAt, bound("now"))),
    ),
  };
}
