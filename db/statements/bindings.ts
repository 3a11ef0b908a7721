import { and, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";
import { isNotOver } from "./sessions.ts";

/** Statements about what binds sessions to devices. */
export function bindingStatements({ db, tables: { sessions, boundTokens }, statement }: Dialect) {
  return {
    findBinding: statement(() =>
      db
        .select({
          secret: sql<string>`${sessions.bindingSecret}`,
          key: sessions.boundKey,
          challengedAt: sessions.challengedAt,
        })
        .from(sessions)
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver({ sessions }),
            isNotNull(sessions.bindingSecret),
          ),
        ),
    ),

    bindToKey: statement(() =>
      db
        .update(sessions)
        .set({ boundKey: sql`${placeholder("key")}`, boundAt: numberPlaceholder("now") })
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver({ sessions }),
            isNull(sessions.boundKey),
          ),
        )
        .returning({ id: sessions.id }),
    ),

    acceptAnswer: statement(() =>
      db
        .update(sessions)
        .set({ challengedAt: numberPlaceholder("challengedAt") })
        .where(
          and(
            eq(sessions.id, placeholder("sessionId")),
            isNotOver({ sessions }),
            isNotNull(sessions.boundKey),
            or(
              isNull(sessions.challengedAt),
              lte(sessions.challengedAt, placeholder("challengedAt")),
            ),
          ),
        )
        .returning({ id: sessions.id }),
    ),

    saveBoundToken: statement(() =>
      db.insert(boundTokens).values({
        hash: placeholder("hash"),
        sessionId: placeholder("sessionId"),
        expiresAt: placeholder("expiresAt"),
      }),
    ),
  };
}
