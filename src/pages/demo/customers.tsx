import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import type { Store } from "../../../db/contract/store.ts";
import {
  CustomerList,
  type CustomerListProps,
  MoreCustomers,
} from "../../../views/demo/customers.tsx";
import { RefusedRequest } from "../../errors.ts";
import { sendFragment } from "../../http/fragment.ts";
import { hxRequest } from "../../http/hx_request.ts";
import { PATHS } from "../../paths.ts";

const MOST_SKIPPED = 1_000_000;
const LONGEST_PAGE = 100;
const PAGE_LENGTH = 20;

/** More rows for the list of customers. */
export function customerRoutes({ store }: { store: Store }) {
  return new Elysia().use(hxRequest()).get(PATHS.customerRows, async ({ request, set }) => {
    const query = new URL(request.url).searchParams;
    const skip = readNumber(query, "skip", { least: 0, most: MOST_SKIPPED, fallback: 0 });
    const limit = readNumber(query, "limit", {
      least: 1,
      most: LONGEST_PAGE,
      fallback: PAGE_LENGTH,
    });
    const more = <MoreCustomers {...await readCustomers(store, { skip, limit })} />;
    return sendFragment(more, { request, set });
  });
}

/** The list with its first page. */
export async function drawCustomerList({ store }: { store: Store }): Promise<string> {
  return String(<CustomerList {...await readCustomers(store)} />);
}

/** A page of customers, and where the next one begins. */
async function readCustomers(
  store: Store,
  { skip, limit } = { skip: 0, limit: PAGE_LENGTH },
): Promise<CustomerListProps> {
  const { customers, total } = await store.listCustomers({ skip, limit });
  const shown = customers.at(-1)?.number ?? Math.min(skip, total);
  return { customers, total, shown, limit, hasMore: shown < total && shown <= MOST_SKIPPED };
}

/** The one number called `name`, in decimal digits. Throws `bad_parameter`. */
function readNumber(
  query: URLSearchParams,
  name: string,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number {
  const [text, ...more] = query.getAll(name);
  if (text === undefined) return fallback;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (more.length === 0 && value >= least && value <= most) return value;
  throw new RefusedRequest("bad_parameter", {
    detail: `The parameter "${name}" must be a whole number from ${least} to ${most}.`,
  });
}
