import { asc, desc, gt } from "drizzle-orm";
import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";

import { customers } from "../schema.ts";
import { bound } from "./placeholders.ts";

/** What is asked and written of customers. A number is a place, so no page scans those before it. */
export function prepareCustomerStatements(db: BunSQLiteDatabase) {
  return {
    listCustomers: db
      .select()
      .from(customers)
      .where(gt(customers.number, bound("skip")))
      .orderBy(asc(customers.number))
      .limit(bound("limit"))
      .prepare(),

    lastCustomer: db
      .select({ number: customers.number })
      .from(customers)
      .orderBy(desc(customers.number))
      .limit(1)
      .prepare(),

    addCustomer: db
      .insert(customers)
      .values({
        number: bound("number"),
        name: bound("name"),
        company: bound("company"),
        city: bound("city"),
        since: bound("since"),
      })
      .onConflictDoNothing()
      .returning({ number: customers.number })
      .prepare(),
  };
}
