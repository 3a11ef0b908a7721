import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

// Every time is in milliseconds since 1970, as a plain number.

/** Who has signed in. A user is Google's `sub`; an address may change hands. */
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
    /** When an administrator disabled the account, and when Google did: two facts, each lifted by its own side. */
    disabledAt: integer("disabled_at"),
    googleDisabledAt: integer("google_disabled_at"),
    googleDisabledReason: text("google_disabled_reason"),
    /** When Google last said whether the account is disabled: its words may arrive out of order. */
    googleStatusAt: integer("google_status_at"),
    /** Since when somebody is administrator by a flag of their own; the configuration names others. */
    adminSince: integer("admin_since"),
  },
  (table) => [
    // Each order of the desk's list, with the id behind it as the place where a page begins.
    index("users_by_name").on(sql`${table.name} COLLATE NOCASE`, table.id),
    index("users_by_email").on(sql`${table.email} COLLATE NOCASE`, table.id),
    index("users_by_created").on(table.createdAt, table.id),
    index("users_by_signed_in").on(table.signedInAt, table.id),
    index("users_admins").on(table.adminSince),
  ],
);

/** Addresses that may create an account while the sign-up is closed, in ASCII lower case. */
export const invitations = sqliteTable("invitations", {
  email: text().primaryKey(),
  invitedAt: integer("invited_at").notNull(),
});

/** Who is signed in where. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The way in that was taken, in Google's words (`select_by`), or `link`. */
    method: text("select_by").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    lastSeenAt: integer("last_seen_at").notNull(),
    /** The end, however active. */
    expiresAt: integer("expires_at").notNull(),
    /** The end unless the session is used again. */
    idleEndsAt: integer("ends_at").notNull(),
    /** The newest generation of the session's value that the browser has shown, and since when. */
    generation: integer().notNull(),
    renewedAt: integer("renewed_at").notNull(),
    /** When a value of the next generation was last given out. */
    offeredAt: integer("offered_at"),
    /** When it was ended for good by an administrator, who is to be named until it would have ended by itself. */
    endedByAdminAt: integer("ended_at"),
    /** The browser in its own words, and the network that it came from, when the session began. */
    userAgent: text("user_agent").notNull().default(""),
    network: text().notNull().default(""),
  },
  (table) => [
    index("sessions_user_id").on(table.userId),
    index("sessions_ends_at").on(table.idleEndsAt),
  ],
);

/** The values that a session's cookie has had: the present one, its offered successors, and replaced ones. */
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

/** The nonces that have signed somebody in, kept until their tokens end. */
export const usedNonces = sqliteTable(
  "used_nonces",
  { hash: text().primaryKey(), expiresAt: integer("expires_at").notNull() },
  (table) => [index("used_nonces_expires_at").on(table.expiresAt)],
);
