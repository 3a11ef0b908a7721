import { asc, gte, lt, lte, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { dailyCounts, recordedOnce } from "../audit_schema.ts";
import { bound } from "./placeholders.ts";

/** What is counted by day, and what is noted so that it is recorded once. */
export function prepareCountStatements(db: BunSQLiteDatabase) {
  return {
    forgetDays: db
      .delete(dailyCounts)
      .where(lt(dailyCounts.day, bound("day")))
      .prepare(),

    count: db
      .insert(dailyCounts)
      .values({ day: bound("day"), code: bound("code"), count: bound("count") })
      .onConflictDoUpdate({
        target: [dailyCounts.day, dailyCounts.code],
        set: { count: sql`${dailyCounts.count} + excluded.count` },
      })
      .prepare(),

    listCounts: db
      .select()
      .from(dailyCounts)
      .where(gte(dailyCounts.day, bound("since")))
      .orderBy(asc(dailyCounts.day), asc(dailyCounts.code))
      .prepare(),

    remember: db
      .insert(recordedOnce)
      .values({ hash: bound("hash"), expiresAt: bound("expiresAt") })
      .onConflictDoNothing()
      .returning({ hash: recordedOnce.hash })
      .prepare(),

    forgetRecordedOnce: db
      .delete(recordedOnce)
      .where(lte(recordedOnce.expiresAt, bound("now")))
      .prepare(),
  };
}
