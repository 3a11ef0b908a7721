import { eq, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about what was done with the file as a whole. */
export function fileMarkStatements({
  db,
  tables: { fileMarks },
  statement,
  databaseBytes,
}: Dialect) {
  return {
    findFileMark: statement(() =>
      db
        .select({ at: fileMarks.at })
        .from(fileMarks)
        .where(eq(fileMarks.name, placeholder("name"))),
    ),

    databaseSize: statement(() =>
      db
        .select({ bytes: sql<number>`bytes`.mapWith(Number) })
        .from(sql`(select ${databaseBytes} as bytes) size`),
    ),

    saveFileMark: statement(() =>
      db
        .insert(fileMarks)
        .values({ name: placeholder("name"), at: placeholder("at") })
        .onConflictDoUpdate({ target: fileMarks.name, set: { at: sql`excluded.at` } }),
    ),
  };
}
