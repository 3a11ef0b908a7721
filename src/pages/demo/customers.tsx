import { Html } from "@elysiajs/html";

import {
  CustomerList,
  type CustomerListProps,
  MoreCustomers,
} from "../../../views/demo/customers.tsx";
import { readNumber } from "../../http/query.ts";
import { fragmentPath } from "../../paths.ts";
import type { PageContext, PublicPage } from "../page.ts";

const MAX_SKIP = 1_000_000;
const MAX_LIMIT = 100;
const PAGE_LENGTH = 20;

/** A public list from the database. "Load more" adds rows. */
export const CUSTOMERS_PAGE: PublicPage = {
  name: "content.list",
  title: "Customers",
  description: "A list that grows as you read.",
  audience: "everybody",
  draw: async ({ store }) => <CustomerList {...await readCustomers(store)} />,
  routes: (page) =>
    page.get(".tbody", async ({ store, query }) => {
      const skip = readNumber(query, "skip", { least: 0, most: MAX_SKIP, fallback: 0 });
      const bounds = { least: 1, most: MAX_LIMIT, fallback: PAGE_LENGTH };
      const limit = readNumber(query, "limit", bounds);
      return <MoreCustomers {...await readCustomers(store, { skip, limit })} />;
    }),
};

/** One page of customers, and the address of the next page. */
async function readCustomers(
  { tables }: PageContext["store"],
  { skip, limit } = { skip: 0, limit: PAGE_LENGTH },
): Promise<CustomerListProps> {
  const { customers, total } = await tables.customers.list({ skip, limit });
  const shown = customers.at(-1)?.number ?? Math.min(skip, total);
  const hasMore = shown < total && shown <= MAX_SKIP;
  const more = hasMore
    ? `${fragmentPath("content.list")}.tbody?skip=${shown}&limit=${limit}`
    : null;
  return { customers, total, shown, more };
}
