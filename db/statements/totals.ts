import { sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { placeholder } from "./placeholders.ts";

type Name = Tables["counters"]["$inferSelect"]["name"];

/** Statements that say how many there are. To count a million rows takes 30 ms, and these are kept. */
export function totalStatements({ db, tables: { sessions }, statement, counted }: Dialect) {
  const sumOf = (name: Name) =>
    sql<number>`coalesce(sum(count) filter (where name = ${sql.raw(`'${name}'`)}), 0)`;
  /** Nobody changes a counter when the time comes, so those that are over and not deleted yet are counted. */
  const expired = sql`(select count(*) from ${sessions} where ${sessions.idleEndsAt} <= ${placeholder("now")} and ${sessions.endedByAdminAt} is null)`;
  const people = sumOf("people").mapWith(Number);
  return {
    countPeople: statement(() =>
      db.select({ all: people, disabled: sumOf("disabled").mapWith(Number) }).from(counted),
    ),

    /** Of sessions, those that are alive. */
    readTotals: statement(() =>
      db
        .select({
          people,
          disabledByGoogle: sumOf("disabled_by_google").mapWith(Number),
          sessions: sql<number>`${sumOf("sessions")} - ${expired}`.mapWith(Number),
        })
        .from(counted),
    ),
  };
}
