import { and, eq, isNull, lt } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { sessionTokens } from "../schema.ts";
import { bound, boundNumber } from "./placeholders.ts";

/** What is written of the values that a session's cookie has. */
export function tokenStatements(db: BunSQLiteDatabase) {
  return {
    saveToken: statement(
      db.insert(sessionTokens).values({
        hash: bound("hash"),
        sessionId: bound("sessionId"),
        generation: bound("generation"),
        issuedAt: bound("now"),
      }),
    ),

    supersedeTokens: statement(
      db
        .update(sessionTokens)
        .set({ supersededAt: boundNumber("now") })
        .where(
          and(
            eq(sessionTokens.sessionId, bound("sessionId")),
            lt(sessionTokens.generation, bound("generation")),
            isNull(sessionTokens.supersededAt),
          ),
        ),
    ),
  };
}
