import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

import type { SessionEnd } from "./contract/session_end.ts";
import { users } from "./schema.ts";

// Times are in milliseconds since 1970.

export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The sign-in method: Google's `select_by`, or `link`. */
    method: text("select_by").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    /** When Google issued the ID token that began it; `null` for sessions from before there was this column. */
    tokenIssuedAt: integer("token_issued_at"),
    lastSeenAt: integer("last_seen_at").notNull(),
    /** The end of the session, even when it is active. */
    expiresAt: integer("expires_at").notNull(),
    /** The end of the session, unless it is used before. */
    idleEndsAt: integer("ends_at").notNull(),
    /** The newest token generation that the browser presented. */
    generation: integer().notNull(),
    /** When it was first presented. */
    renewedAt: integer("renewed_at").notNull(),
    /** When a token of the next generation was last offered. */
    offeredAt: integer("offered_at"),
    /** When an administrator ended it. The row stays until it expires, so that the refusal can name the reason. */
    endedByAdminAt: integer("ended_at"),
    /** The `User-Agent` and the network when the session began. */
    userAgent: text("user_agent").notNull().default(""),
    network: text().notNull().default(""),
    /** The hash of the token that opens protected applications, and nothing of Foyer's. */
    accessHash: text("access_hash"),
    /** When Google last asked for the person's password or key, and how they proved it; `null`: Google did not say. */
    authenticatedAt: integer("authenticated_at"),
    amr: text({ mode: "json" }).$type<string[]>(),
    /** Signs the challenges for the browser's key; `null`: no binding was offered. Only with that key is it worth anything. */
    bindingSecret: text("binding_secret"),
    /** The browser's public key (a JWK), and when it was registered. */
    boundKey: text("bound_key", { mode: "json" }).$type<JsonWebKey>(),
    boundAt: integer("bound_at"),
    /** When the newest challenge was made that the browser has answered. */
    challengedAt: integer("challenged_at"),
  },
  (table) => [
    index("sessions_user_id").on(table.userId),
    uniqueIndex("sessions_access_hash")
      .on(table.accessHash)
      .where(sql`${table.accessHash} is not null`),
    index("sessions_ends_at").on(table.idleEndsAt, table.endedByAdminAt),
  ],
);

/** The tokens of a session: the current one, offered next ones, and superseded ones. */
export const sessionTokens = sqliteTable(
  "session_tokens",
  {
    hash: text().primaryKey(),
    sessionId: text("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    generation: integer().notNull(),
    issuedAt: integer("issued_at").notNull(),
    supersededAt: integer("superseded_at"),
  },
  (table) => [index("session_tokens_session").on(table.sessionId, table.generation)],
);

/** The short-lived tokens of a bound session: the current one, and earlier ones until they expire. */
export const boundTokens = sqliteTable(
  "bound_tokens",
  {
    hash: text().primaryKey(),
    sessionId: text("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    index("bound_tokens_session").on(table.sessionId),
    index("bound_tokens_expires_at").on(table.expiresAt),
  ],
);

/**
 * The tokens of ended sessions, kept for at most a day, so that the browser that holds one is told the reason. It has
 * no name and no network.
 */
export const endedTokens = sqliteTable(
  "ended_tokens",
  {
    hash: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    reason: text().$type<SessionEnd>().notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    index("ended_tokens_expires_at").on(table.expiresAt),
    // For deleting a person.
    index("ended_tokens_user_id").on(table.userId),
  ],
);

/** Used nonces, kept until their ID tokens expire. */
export const usedNonces = sqliteTable(
  "used_nonces",
  { hash: text().primaryKey(), expiresAt: integer("expires_at").notNull() },
  (table) => [index("used_nonces_expires_at").on(table.expiresAt)],
);
