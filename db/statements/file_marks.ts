import { eq, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { fileMarks } from "../file_schema.ts";
import { placeholder } from "./placeholders.ts";

const SIZE = sql`pragma_page_count(), pragma_page_size()`;

/** Statements about what was done with the file as a whole. */
export function fileMarkStatements(db: BunSQLiteDatabase) {
  return {
    findFileMark: statement(
      db
        .select({ at: fileMarks.at })
        .from(fileMarks)
        .where(eq(fileMarks.name, placeholder("name"))),
    ),

    databaseSize: statement(db.select({ bytes: sql<number>`page_count * page_size` }).from(SIZE)),

    saveFileMark: statement(
      db
        .insert(fileMarks)
        .values({ name: placeholder("name"), at: placeholder("at") })
        .onConflictDoUpdate({ target: fileMarks.name, set: { at: sql`excluded.at` } }),
    ),
  };
}
