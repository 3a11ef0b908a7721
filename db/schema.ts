import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
