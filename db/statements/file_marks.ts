import { eq, sql } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { fileMarks } from "../file_schema.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about what was done with the file as a whole. */
export function fileMarkStatements(db: BunSQLiteDatabase) {
  return {
    findFileMark: statement(
      db
        .select({ at: fileMarks.at })
        .from(fileMarks)
        .where(eq(fileMarks.name, placeholder("name"))),
    ),

    saveFileMark: statement(
      db
        .insert(fileMarks)
        .values({ name: placeholder("name"), at: placeholder("at") })
        .onConflictDoUpdate({ target: fileMarks.name, set: { at: sql`excluded.at` } }),
    ),
  };
}
