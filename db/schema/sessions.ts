import { sql } from "drizzle-orm";

import type { SessionEnd } from "../contract/session_end.ts";
import type { Columns } from "./columns.ts";
import type { defineUsers } from "./people.ts";

/** The tables that the rows of others refer to. */
type Owner = { users: ReturnType<typeof defineUsers> };
type SessionOwner = { sessions: ReturnType<typeof defineSessions> };

// Times are in milliseconds since 1970.

export const defineSessions = (
  { table, text, number, json, index, uniqueIndex }: Columns,
  { users }: Owner,
) =>
  table(
    "sessions",
    {
      id: text().primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** The sign-in method: Google's `select_by`, or `link`. */
      method: text("select_by").notNull().default(""),
      createdAt: number("created_at").notNull(),
      /** When Google issued the ID token that began it; `null` for sessions from before there was this column. */
      tokenIssuedAt: number("token_issued_at"),
      lastSeenAt: number("last_seen_at").notNull(),
      /** The end of the session, even when it is active. */
      expiresAt: number("expires_at").notNull(),
      /** The end of the session, unless it is used before. */
      idleEndsAt: number("ends_at").notNull(),
      /** The newest token generation that the browser presented. */
      generation: number().notNull(),
      /** When it was first presented. */
      renewedAt: number("renewed_at").notNull(),
      /** When a token of the next generation was last offered. */
      offeredAt: number("offered_at"),
      /** When an administrator ended it. The row stays until it expires, so that the refusal can name the reason. */
      endedByAdminAt: number("ended_at"),
      /** The `User-Agent` and the network when the session began. */
      userAgent: text("user_agent").notNull().default(""),
      network: text().notNull().default(""),
      /** The hash of the token that opens protected applications, and nothing of Foyer's. */
      accessHash: text("access_hash"),
      /** When Google last asked for the person's password or key, and how they proved it; `null`: Google did not say. */
      authenticatedAt: number("authenticated_at"),
      amr: json().$type<string[]>(),
      /** Signs the challenges for the browser's key; `null`: no binding was offered. Only with that key is it worth anything. */
      bindingSecret: text("binding_secret"),
      /** The browser's public key (a JWK), and when it was registered. */
      boundKey: json("bound_key").$type<JsonWebKey>(),
      boundAt: number("bound_at"),
      /** When the newest challenge was made that the browser has answered. */
      challengedAt: number("challenged_at"),
    },
    (row) => [
      index("sessions_user_id").on(row.userId),
      uniqueIndex("sessions_access_hash")
        .on(row.accessHash)
        .where(sql`${row.accessHash} is not null`),
      index("sessions_ends_at").on(row.idleEndsAt, row.endedByAdminAt),
    ],
  );

/** The tokens of a session: the current one, offered next ones, and superseded ones. */
export const defineSessionTokens = (
  { table, text, number, index }: Columns,
  { sessions }: SessionOwner,
) =>
  table(
    "session_tokens",
    {
      hash: text().primaryKey(),
      sessionId: text("session_id")
        .notNull()
        .references(() => sessions.id, { onDelete: "cascade" }),
      generation: number().notNull(),
      issuedAt: number("issued_at").notNull(),
      supersededAt: number("superseded_at"),
    },
    (row) => [index("session_tokens_session").on(row.sessionId, row.generation)],
  );

/** The short-lived tokens of a bound session: the current one, and earlier ones until they expire. */
export const defineBoundTokens = (
  { table, text, number, index }: Columns,
  { sessions }: SessionOwner,
) =>
  table(
    "bound_tokens",
    {
      hash: text().primaryKey(),
      sessionId: text("session_id")
        .notNull()
        .references(() => sessions.id, { onDelete: "cascade" }),
      expiresAt: number("expires_at").notNull(),
    },
    (row) => [
      index("bound_tokens_session").on(row.sessionId),
      index("bound_tokens_expires_at").on(row.expiresAt),
    ],
  );

/**
 * The tokens of ended sessions, kept for at most a day, so that the browser that holds one is told the reason. It has
 * no name and no network.
 */
export const defineEndedTokens = ({ table, text, number, index }: Columns, { users }: Owner) =>
  table(
    "ended_tokens",
    {
      hash: text().primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      reason: text().$type<SessionEnd>().notNull(),
      expiresAt: number("expires_at").notNull(),
    },
    (row) => [
      index("ended_tokens_expires_at").on(row.expiresAt),
      // For deleting a person.
      index("ended_tokens_user_id").on(row.userId),
    ],
  );

/** Used nonces, kept until their ID tokens expire. */
export const defineUsedNonces = ({ table, text, number, index }: Columns) =>
  table(
    "used_nonces",
    { hash: text().primaryKey(), expiresAt: number("expires_at").notNull() },
    (row) => [index("used_nonces_expires_at").on(row.expiresAt)],
  );
