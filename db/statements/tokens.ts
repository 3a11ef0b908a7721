import { and, eq, isNull, lt } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { sessionTokens } from "../schema.ts";
import { bound, boundNumber } from "./placeholders.ts";

/** What is written of the values that a session's cookie has. */
export function prepareTokenStatements(db: BunSQLiteDatabase) {
  return {
    saveToken: db
      .insert(sessionTokens)
      .values({
        hash: bound("hash"),
        sessionId: bound("sessionId"),
        generation: bound("generation"),
        issuedAt: bound("now"),
      })
      .prepare(),

    supersedeTokens: db
      .update(sessionTokens)
      .set({ supersededAt: boundNumber("now") })
      .where(
        and(
          eq(sessionTokens.sessionId, bound("sessionId")),
          lt(sessionTokens.generation, bound("generation")),
          isNull(sessionTokens.supersededAt),
        ),
      )
      .prepare(),
  };
}
