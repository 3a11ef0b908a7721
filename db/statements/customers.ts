import { asc, desc, gt } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { statement } from "../act.ts";
import { customers } from "../schema.ts";
import { bound } from "./placeholders.ts";

/** What is asked and written of customers. A number is a place, so no page scans those before it. */
export function customerStatements(db: BunSQLiteDatabase) {
  return {
    listCustomers: statement(
      db
        .select()
        .from(customers)
        .where(gt(customers.number, bound("skip")))
        .orderBy(asc(customers.number))
        .limit(bound("limit")),
    ),

    lastCustomer: statement(
      db
        .select({ number: customers.number })
        .from(customers)
        .orderBy(desc(customers.number))
        .limit(1),
    ),

    addCustomer: statement(
      db
        .insert(customers)
        .values({
          number: bound("number"),
          name: bound("name"),
          company: bound("company"),
          city: bound("city"),
          since: bound("since"),
        })
        .onConflictDoNothing()
        .returning({ number: customers.number }),
    ),
  };
}
