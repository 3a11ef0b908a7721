import { asc, desc, gt } from "drizzle-orm";

import type { Act } from "./act.ts";
import type { Columns } from "./schema/columns.ts";
import { placeholder } from "./statements/placeholders.ts";
import { appTable, type TableContext } from "./table.ts";

/** Demonstration data. Numbers start at 1 without gaps, so a number is also a position. */
function defineCustomers({ table, number, text }: Columns) {
  return table("customers", {
    number: number().primaryKey(),
    name: text().notNull(),
    company: text().notNull(),
    city: text().notNull(),
    /** A date in ISO 8601, `2024-05-31`. */
    since: text().notNull(),
  });
}

type Customers = ReturnType<typeof defineCustomers>;
type Customer = Customers["$inferSelect"];

const SEEDED = 1000;

/** The customers of the demonstration. */
export const CUSTOMERS = appTable({
  define: defineCustomers,
  open: openCustomers,
  async seed(access) {
    const added = await access.add(createDemoCustomers(SEEDED));
    return `Added ${added} customers; ${SEEDED - added} already existed.`;
  },
});

function openCustomers({ db, statement, read, write }: TableContext, customers: Customers) {
  // The query seeks by number instead of using OFFSET, so the last page costs as much as the first.
  const listPage = statement(() =>
    db
      .select()
      .from(customers)
      .where(gt(customers.number, placeholder("skip")))
      .orderBy(asc(customers.number))
      .limit(placeholder("limit")),
  );
  const findLast = statement(() =>
    db
      .select({ number: customers.number })
      .from(customers)
      .orderBy(desc(customers.number))
      .limit(1),
  );
  const insert = statement(() =>
    db
      .insert(customers)
      .values({
        number: placeholder("number"),
        name: placeholder("name"),
        company: placeholder("company"),
        city: placeholder("city"),
        since: placeholder("since"),
      })
      .onConflictDoNothing()
      .returning({ number: customers.number }),
  );

  function* list(page: {
    skip: number;
    limit: number;
  }): Act<{ customers: Customer[]; total: number }> {
    const rows = yield* listPage.all(page);
    return { customers: rows, total: (yield* findLast.get())?.number ?? 0 };
  }

  function* add(rows: Customer[]): Act<number> {
    let added = 0;
    for (const row of rows) if (yield* insert.get(row)) added += 1;
    return added;
  }

  return {
    /** At most `limit` customers after the first `skip`, and the total. */
    list: (page: { skip: number; limit: number }) => read(() => list(page)),
    /** Adds customers with new numbers in one transaction, and returns how many it added. */
    add: (rows: Customer[]) => write(() => add(rows)),
  };
}

const GIVEN_NAMES = [
  "Amina",
  "Björn",
  "Chen",
  "Dalia",
  "Emeka",
  "Freya",
  "Goran",
  "Hana",
  "Ines",
  "Jonas",
];
const FAMILY_NAMES = [
  "Adeyemi",
  "Brandt",
  "Costa",
  "Dubois",
  "Eriksen",
  "Fujita",
  "García",
  "Hassan",
  "Iversen",
  "Jansen",
];
const COMPANIES = [
  "Aurora Mills",
  "Birch & Sons",
  "Copper Kettle",
  "Delta Freight",
  "Elm Street Press",
  "Fjord Optics",
  "Granite Works",
];
const CITIES = [
  "Accra",
  "Bergen",
  "Cádiz",
  "Dresden",
  "Évora",
  "Fukuoka",
  "Ghent",
  "Hanoi",
  "Izmir",
  "Jaipur",
  "Kraków",
];
const FIRST_DAY = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;

/** Creates `count` invented customers, the same at each call. */
export function createDemoCustomers(count: number): Customer[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    name: `${pick(GIVEN_NAMES, index)} ${pick(FAMILY_NAMES, Math.floor(index / 10))}`,
    company: pick(COMPANIES, index * 3),
    city: pick(CITIES, index * 5),
    since: new Date(FIRST_DAY + index * 4 * DAY_MS).toISOString().slice(0, 10),
  }));
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? "";
}
