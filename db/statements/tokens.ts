import { and, count, eq, isNull, lt, lte, ne, or, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";
import { isNotOver } from "./sessions.ts";

/** Statements about the tokens of sessions. */
export function tokenStatements({ db, tables: { sessions, sessionTokens }, statement }: Dialect) {
  return {
    saveToken: statement(() =>
      db.insert(sessionTokens).values({
        hash: placeholder("hash"),
        sessionId: placeholder("sessionId"),
        generation: placeholder("generation"),
        issuedAt: placeholder("now"),
      }),
    ),

    acceptGeneration: statement(() =>
      db
        .update(sessions)
        .set({
          generation: numberPlaceholder("generation"),
          renewedAt: numberPlaceholder("now"),
          offeredAt: null,
        })
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver({ sessions }),
            lt(sessions.generation, placeholder("generation")),
          ),
        )
        .returning({ id: sessions.id }),
    ),

    claimOffer: statement(() =>
      db
        .update(sessions)
        .set({ offeredAt: numberPlaceholder("now") })
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver({ sessions }),
            eq(sessions.generation, placeholder("generation")),
            or(
              isNull(sessions.offeredAt),
              // Also long ahead: the clock was set back. The clocks of two processes differ by less.
              sql`abs(${sessions.offeredAt} - ${placeholder("now")}) >= ${placeholder("graceMs")}`,
            ),
          ),
        )
        .returning({ id: sessions.id }),
    ),

    /** The tokens of older generations, and the siblings that were offered beside the presented one. */
    supersedeTokens: statement(() =>
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

    countOffers: statement(() =>
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
