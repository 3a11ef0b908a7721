import type { Columns } from "./columns.ts";

// Times are in milliseconds since 1970.

/**
 * What Google's security events say about an account, by a hash of its `sub`: it outlives a deleted account and has
 * nothing personal. Times are Google's.
 */
export const defineGoogleAccounts = ({ table, text, number, flag, index }: Columns) =>
  table(
    "google_accounts",
    {
      subHash: text("sub_hash").primaryKey(),
      /** An ID token that is not issued later than this is refused. */
      revokedAt: number("revoked_at").notNull().default(0),
      /** The latest event that disabled or enabled it: events may arrive out of order. */
      statusAt: number("status_at").notNull().default(0),
      isDisabled: flag("is_disabled").notNull().default(false),
      /** When the row is of no more use, unless Google has disabled the account. */
      expiresAt: number("expires_at").notNull(),
    },
    (row) => [index("google_accounts_expires_at").on(row.expiresAt)],
  );

/**
 * The greatest time that was ever deleted as expired: the end of a used nonce, or a revocation by Google. A clock that
 * was set forward and back has deleted too much. A token that is not newer is refused.
 */
export const defineDeletionMarks = ({ table, text, number }: Columns) =>
  table("deletion_marks", {
    name: text({ enum: ["nonces", "revocations"] }).primaryKey(),
    at: number().notNull(),
  });
