import { asc, gte, lt, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about daily counts, and about what is recorded only once. */
export function countStatements({ db, tables: { dailyCounts, recordedOnce }, statement }: Dialect) {
  return {
    deleteCountsBefore: statement(() =>
      db.delete(dailyCounts).where(lt(dailyCounts.day, placeholder("day"))),
    ),

    count: statement(() =>
      db
        .insert(dailyCounts)
        .values({ day: placeholder("day"), code: placeholder("code"), count: placeholder("count") })
        .onConflictDoUpdate({
          target: [dailyCounts.day, dailyCounts.code],
          set: { count: sql`${dailyCounts.count} + excluded.count` },
        }),
    ),

    listCounts: statement(() =>
      db
        .select()
        .from(dailyCounts)
        .where(gte(dailyCounts.day, placeholder("since")))
        .orderBy(asc(dailyCounts.day), asc(dailyCounts.code)),
    ),

    remember: statement(() =>
      db
        .insert(recordedOnce)
        .values({ hash: placeholder("hash"), expiresAt: placeholder("expiresAt") })
        .onConflictDoNothing()
        .returning({ hash: recordedOnce.hash }),
    ),
  };
}
