import { and, eq, isNull, lte, or, sql } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { numberPlaceholder, placeholder } from "./placeholders.ts";

/** The columns that the application reads of a user. */
export function userColumns({ users }: Pick<Tables, "users">) {
  return {
    id: users.id,
    email: users.email,
    name: users.name,
    picture: users.picture,
    hostedDomain: users.hostedDomain,
    disabledAt: users.disabledAt,
    googleDisabledAt: users.googleDisabledAt,
    adminSince: users.adminSince,
  };
}

/** Statements about users and used nonces. */
export function userStatements({ db, tables: { users, usedNonces }, statement }: Dialect) {
  return {
    findUser: statement(() =>
      db
        .select(userColumns({ users }))
        .from(users)
        .where(eq(users.sub, placeholder("sub"))),
    ),

    saveUser: statement(() =>
      db
        .insert(users)
        .values({
          id: placeholder("id"),
          sub: placeholder("sub"),
          email: placeholder("email"),
          emailVerified: true,
          name: placeholder("name"),
          picture: placeholder("picture"),
          hostedDomain: placeholder("hostedDomain"),
          createdAt: placeholder("now"),
          signedInAt: placeholder("now"),
        })
        .onConflictDoUpdate({
          target: users.sub,
          set: {
            email: sql`excluded.email`,
            emailVerified: sql`excluded.email_verified`,
            name: sql`excluded.name`,
            picture: sql`excluded.picture`,
            hostedDomain: sql`excluded.hosted_domain`,
            signedInAt: sql`excluded.signed_in_at`,
          },
        })
        .returning(userColumns({ users })),
    ),

    setDisabled: statement(() =>
      db
        .update(users)
        .set({ disabledAt: numberPlaceholder("at") })
        .where(eq(users.id, placeholder("userId"))),
    ),

    setGoogleDisabled: statement(() =>
      db
        .update(users)
        .set({
          googleDisabledAt: numberPlaceholder("at"),
          googleDisabledReason: sql<string>`${placeholder("reason")}`,
          googleStatusAt: numberPlaceholder("saidAt"),
        })
        .where(
          and(
            eq(users.id, placeholder("userId")),
            or(isNull(users.googleStatusAt), lte(users.googleStatusAt, placeholder("saidAt"))),
          ),
        ),
    ),

    useNonce: statement(() =>
      db
        .insert(usedNonces)
        .values({ hash: placeholder("hash"), expiresAt: placeholder("expiresAt") })
        .onConflictDoNothing()
        .returning({ hash: usedNonces.hash }),
    ),

    ping: statement(() => db.select({ id: users.id }).from(users).limit(1)),
  };
}
