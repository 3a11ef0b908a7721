import { and, count, eq, isNull, lte, ne } from "drizzle-orm";
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

    /** The tokens of older generations, and the siblings that were offered beside the presented one. */
    supersedeTokens: statement(
      db
        .update(sessionTokens)
        .set({ supersededAt: numberPlaceholder("now") })
        .where(
          and(
            eq(sessionTokens.sessionId, placeholder("sessionId")),
            lte(sessionTokens.generation, placeholder("generation")),
            ne(sessionTokens.hash, placeholder("hash")),
            isNull(sessionTokens.supersededAt),
          ),
        ),
    ),

    countOffers: statement(
      db
        .select({ count: count() })
        .from(sessionTokens)
        .where(
          and(
            eq(sessionTokens.sessionId, placeholder("sessionId")),
            eq(sessionTokens.generation, placeholder("generation")),
          ),
        ),
    ),
  };
}
