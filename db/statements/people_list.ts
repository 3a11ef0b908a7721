import { count } from "drizzle-orm";

import type { Dialect } from "../dialect.ts";
import type { Tables } from "../schema/all.ts";
import { peopleFilters } from "./people_ids.ts";

/** The columns that the admin pages show. */
export function personColumns({ users }: Tables) {
  return {
    id: users.id,
    name: users.name,
    email: users.email,
    picture: users.picture,
    hostedDomain: users.hostedDomain,
    createdAt: users.createdAt,
    signedInAt: users.signedInAt,
    disabledAt: users.disabledAt,
    googleDisabledAt: users.googleDisabledAt,
    googleDisabledReason: users.googleDisabledReason,
    adminSince: users.adminSince,
  };
}

/** Statements about people by their ids, and how many administrators there are. */
export function peopleListStatements(dialect: Dialect) {
  const { db, tables, statement, isListed } = dialect;
  const { users } = tables;
  const { hasAdminRole } = peopleFilters(dialect);
  return {
    /** Up to a page of people, in no order. */
    findPeopleByIds: statement(() =>
      db.select(personColumns(tables)).from(users).where(isListed(users.id, "ids")),
    ),

    countAdmins: statement(() => db.select({ count: count() }).from(users).where(hasAdminRole)),
  };
}
