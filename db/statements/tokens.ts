import { and, eq, isNull, lt } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { sessionTokens } from "../schema.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";

/** Statements about the tokens of sessions. */
export function tokenStatements(db: BunSQLiteDatabase) {
  return {
    saveToken: statement(
      db.insert(sessionTokens).values({
        hash: placeholder("hash"),
        sessionId: placeholder("sessionId"),
        generation: placeholder("generation"),
        issuedAt: placeholder("now"),
      }),
    ),

    supersedeTokens: statement(
      db
        .update(sessionTokens)
        .set({ supersededAt: numberPlaceholder("now") })
        .where(
          and(
            eq(sessionTokens.sessionId, placeholder("sessionId")),
            lt(sessionTokens.generation, placeholder("generation")),
            isNull(sessionTokens.supersededAt),
          ),
        ),
    ),
  };
}
