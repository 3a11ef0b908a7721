import { Html } from "@elysiajs/html";

import {
  CustomerList,
  type CustomerListProps,
  MoreCustomers,
} from "../../../views/demo/customers.tsx";
import { readNumber } from "../../http/query.ts";
import { fragmentPath } from "../../paths.ts";
import type { PageContext, PublicPage } from "../page.ts";

const MOST_SKIPPED = 1_000_000;
const LONGEST_PAGE = 100;
const PAGE_LENGTH = 20;

/** A public list from the database, which grows by "load more". */
export const CUSTOMERS_PAGE: PublicPage = {
  name: "content.list",
  title: "Customers",
  audience: "everybody",
  draw: async ({ store }) => <CustomerList {...await readCustomers(store)} />,
  routes: (page) =>
    page.get(".tbody", async ({ store, query }) => {
      const skip = readNumber(query, "skip", { least: 0, most: MOST_SKIPPED, fallback: 0 });
      const bounds = { least: 1, most: LONGEST_PAGE, fallback: PAGE_LENGTH };
      const limit = readNumber(query, "limit", bounds);
      return <MoreCustomers {...await readCustomers(store, { skip, limit })} />;
    }),
};

/** Some customers, and where the next ones begin. */
async function readCustomers(
  { tables }: PageContext["store"],
  { skip, limit } = { skip: 0, limit: PAGE_LENGTH },
): Promise<CustomerListProps> {
  const { customers, total } = await tables.customers.list({ skip, limit });
  const shown = customers.at(-1)?.number ?? Math.min(skip, total);
  const hasMore = shown < total && shown <= MOST_SKIPPED;
  const more = hasMore
    ? `${fragmentPath("content.list")}.tbody?skip=${shown}&limit=${limit}`
    : null;
  return { customers, total, shown, more };
}
