import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

import type { SessionEnd } from "./contract/session_end.ts";

// Times are in milliseconds since 1970.

/** A user is identified by Google's `sub`, never by the address: an address can move to another person. */
export const users = sqliteTable(
  "users",
  {
    id: text().primaryKey(),
    sub: text().notNull().unique(),
    email: text().notNull(),
    emailVerified: integer("email_verified", { mode: "boolean" }).notNull(),
    name: text().notNull(),
    picture: text(),
    hostedDomain: text("hosted_domain"),
    createdAt: integer("created_at").notNull(),
    signedInAt: integer("signed_in_at").notNull(),
    /** When an administrator disabled the account. Only an administrator enables it again. */
    disabledAt: integer("disabled_at"),
    /** When Google disabled it. Only Google enables it again. */
    googleDisabledAt: integer("google_disabled_at"),
    googleDisabledReason: text("google_disabled_reason"),
    /** The time of Google's latest disable or enable event: events may arrive out of order. */
    googleStatusAt: integer("google_status_at"),
    /** When the user got the admin role. The configuration can name further administrators. */
    adminSince: integer("admin_since"),
  },
  (table) => {
    // One index for each order of the list of people. With the columns of its filters, a page is found in it alone.
    const end = [table.id, table.disabledAt, table.googleDisabledAt] as const;
    return [
      index("users_by_name").on(sql`${table.name} COLLATE NOCASE`, ...end),
      index("users_by_email").on(sql`${table.email} COLLATE NOCASE`, ...end),
      index("users_by_created").on(table.createdAt, ...end),
      index("users_by_signed_in").on(table.signedInAt, ...end),
      index("users_admins").on(table.adminSince),
      index("users_disabled")
        .on(table.disabledAt, table.googleDisabledAt)
        .where(sql`${table.disabledAt} is not null or ${table.googleDisabledAt} is not null`),
    ];
  },
);

/** Addresses that may create an account while sign-up is closed, in ASCII lower case. */
export const invitations = sqliteTable("invitations", {
  email: text().primaryKey(),
  invitedAt: integer("invited_at").notNull(),
  expiresAt: integer("expires_at").notNull().default(0),
});

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
