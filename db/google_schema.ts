import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

// Times are in milliseconds since 1970.

/**
 * What Google's security events say about an account, by a hash of its `sub`: it outlives a deleted account and has
 * nothing personal. Times are Google's.
 */
export const googleAccounts = sqliteTable(
  "google_accounts",
  {
    subHash: text("sub_hash").primaryKey(),
    /** An ID token that is not issued later than this is refused. */
    revokedAt: integer("revoked_at").notNull().default(0),
    /** The latest event that disabled or enabled it: events may arrive out of order. */
    statusAt: integer("status_at").notNull().default(0),
    isDisabled: integer("is_disabled", { mode: "boolean" }).notNull().default(false),
    /** When the row is of no more use, unless Google has disabled the account. */
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [index("google_accounts_expires_at").on(table.expiresAt)],
);

/**
 * The greatest time that was ever deleted as expired: the end of a used nonce, or a revocation by Google. A clock that
 * was set forward and back has deleted too much. A token that is not newer is refused.
 */
export const deletionMarks = sqliteTable("deletion_marks", {
  name: text({ enum: ["nonces", "revocations"] }).primaryKey(),
  at: integer().notNull(),
});
