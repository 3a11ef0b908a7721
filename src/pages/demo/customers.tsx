import { Html } from "@elysiajs/html";

import {
  CustomerList,
  type CustomerRowsProps,
  MoreCustomers,
} from "../../../views/demo/customers.tsx";
import { demoWords } from "../../../views/demo/words.ts";
import { readNumber } from "../../http/query.ts";
import { fragmentPath, pagePath } from "../../paths.ts";
import type { PageContext, PublicPage } from "../page.ts";

const MAX_SKIP = 1_000_000;
const MAX_LIMIT = 100;
const PAGE_LENGTH = 20;
/** How many rows come back at once on reload and "back". */
const MAX_SHOWN = 1000;

/** A public list from the database. "Show 20 more" adds rows. */
export const CUSTOMERS_PAGE: PublicPage = {
  name: "content.list",
  title: (words) => demoWords(words).customers.title,
  description: (words) => demoWords(words).customers.description,
  icon: "table",
  audience: "everybody",
  draw: async ({ words, store, query, signedIn }) => {
    const bounds = { least: 1, most: MAX_SHOWN, fallback: PAGE_LENGTH };
    const limit = readNumber(query, "shown", bounds);
    const rows = await readCustomers(store, { skip: 0, limit });
    return <CustomerList words={words} {...rows} isAdmin={signedIn?.isAdmin ?? false} />;
  },
  routes: (page) =>
    page.get(".tbody", async ({ words, store, query, set }) => {
      const skip = readNumber(query, "skip", { least: 0, most: MAX_SKIP, fallback: 0 });
      const bounds = { least: 1, most: MAX_LIMIT, fallback: PAGE_LENGTH };
      const limit = readNumber(query, "limit", bounds);
      const page = await readCustomers(store, { skip, limit });
      // The address names what is shown, so that reload and "back" bring the same rows.
      const shown = Math.min(page.shown, MAX_SHOWN);
      set.headers["hx-replace-url"] = `${pagePath("content.list")}?shown=${shown}`;
      return <MoreCustomers words={words} {...page} />;
    }),
};

/** One page of customers, and the address of the next page. */
async function readCustomers(
  { tables }: PageContext["store"],
  { skip, limit }: { skip: number; limit: number },
): Promise<Omit<CustomerRowsProps, "words">> {
  const { customers, total } = await tables.customers.list({ skip, limit });
  const shown = customers.at(-1)?.number ?? Math.min(skip, total);
  const hasMore = shown < total && shown <= MAX_SKIP;
  const count = Math.min(limit, PAGE_LENGTH, total - shown);
  const path = `${fragmentPath("content.list")}.tbody?skip=${shown}&limit=${count}`;
  return { customers, total, shown, more: hasMore ? { path, count } : null };
}
