import { and, asc, gt, lte, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import { placeholder } from "./placeholders.ts";

/** Statements about invitations. One that has expired does not count, even before it is deleted. */
export function invitationStatements({ db, tables: { invitations }, statement, noCase }: Dialect) {
  const isOpen = gt(invitations.expiresAt, placeholder("now"));
  /** Ignores case for ASCII letters only. */
  const isTheirs = sql`${noCase(invitations.email)} = ${noCase(placeholder("email"))}`;
  const email = { email: invitations.email };
  return {
    listInvitations: statement(() =>
      db.select().from(invitations).where(isOpen).orderBy(asc(invitations.email)),
    ),

    findInvitation: statement(() =>
      db.select(email).from(invitations).where(and(isTheirs, isOpen)),
    ),

    saveInvitation: statement(() =>
      db
        .insert(invitations)
        .values({
          email: placeholder("email"),
          invitedAt: placeholder("now"),
          expiresAt: placeholder("expiresAt"),
        })
        .onConflictDoUpdate({
          target: invitations.email,
          set: { invitedAt: sql`excluded.invited_at`, expiresAt: sql`excluded.expires_at` },
          setWhere: lte(invitations.expiresAt, placeholder("now")),
        })
        .returning(email),
    ),

    deleteInvitation: statement(() => db.delete(invitations).where(isTheirs).returning(email)),
  };
}
