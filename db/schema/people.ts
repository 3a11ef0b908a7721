import { sql } from "drizzle-orm";

import type { Columns } from "./columns.ts";

// Times are in milliseconds since 1970.

/** A user is identified by Google's `sub`, never by the address: an address can move to another person. */
export const defineUsers = ({ table, text, number, flag, index, noCase }: Columns) =>
  table(
    "users",
    {
      id: text().primaryKey(),
      sub: text().notNull().unique(),
      email: text().notNull(),
      emailVerified: flag("email_verified").notNull(),
      name: text().notNull(),
      picture: text(),
      hostedDomain: text("hosted_domain"),
      createdAt: number("created_at").notNull(),
      signedInAt: number("signed_in_at").notNull(),
      /** When an administrator disabled the account. Only an administrator enables it again. */
      disabledAt: number("disabled_at"),
      /** When Google disabled it. Only Google enables it again. */
      googleDisabledAt: number("google_disabled_at"),
      googleDisabledReason: text("google_disabled_reason"),
      /** The time of Google's latest disable or enable event: events may arrive out of order. */
      googleStatusAt: number("google_status_at"),
      /** When the user got the admin role. The configuration can name further administrators. */
      adminSince: number("admin_since"),
    },
    (row) => {
      // One index for each order of the list of people. With the columns of its filters, a page is found in it alone.
      const end = [row.id, row.disabledAt, row.googleDisabledAt] as const;
      return [
        index("users_by_name").on(noCase(row.name), ...end),
        index("users_by_email").on(noCase(row.email), ...end),
        index("users_by_created").on(row.createdAt, ...end),
        index("users_by_signed_in").on(row.signedInAt, ...end),
        index("users_admins")
          .on(row.adminSince)
          .where(sql`${row.adminSince} > 0`),
        index("users_disabled")
          .on(row.disabledAt, row.googleDisabledAt)
          .where(sql`${row.disabledAt} is not null or ${row.googleDisabledAt} is not null`),
      ];
    },
  );

/** Addresses that may create an account while sign-up is closed, in ASCII lower case. */
export const defineInvitations = ({ table, text, number }: Columns) =>
  table("invitations", {
    email: text().primaryKey(),
    invitedAt: number("invited_at").notNull(),
    expiresAt: number("expires_at").notNull().default(0),
  });
