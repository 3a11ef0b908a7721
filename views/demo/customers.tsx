import { Html } from "@elysiajs/html";

import { SWAP_NO_REFUSAL } from "../act_button.tsx";
import type { Words } from "../words/words.ts";
import { CustomerRows, CustomerTable, type TableCustomer } from "./customer_table.tsx";
import { demoWords } from "./words.ts";

export interface CustomerRowsProps {
  words: Words;
  customers: TableCustomer[];
  /** The total, and how many are shown including these. */
  total: number;
  shown: number;
  /** The next rows: their address and how many they are, or `null` if all are shown. */
  more: { path: string; count: number } | null;
}

export interface CustomerListProps extends CustomerRowsProps {
  /** Whether the reader is an admin, who can add examples. */
  isAdmin: boolean;
}

/** The list of customers. "Show 20 more" adds rows. */
export function CustomerList(page: CustomerListProps) {
  const { title } = demoWords(page.words).customers;
  return (
    <>
      <div class="head">
        <h1 safe>{title}</h1>
        <CustomerCount {...page} isOutOfBand={false} />
      </div>
      <section class="card">
        {page.total === 0 ? (
          <NoCustomers {...page} />
        ) : (
          <>
            <CustomerTable {...page} />
            <MoreButton {...page} isOutOfBand={false} />
          </>
        )}
      </section>
    </>
  );
}

/** The answer to "Show 20 more": rows, plus the counter and the button out of band. */
export function MoreCustomers(page: CustomerRowsProps) {
  return (
    <>
      <CustomerRows {...page} />
      <CustomerCount {...page} isOutOfBand={true} />
      <MoreButton {...page} isOutOfBand={true} />
    </>
  );
}

function NoCustomers({ words, isAdmin }: CustomerListProps) {
  const { none, seed } = demoWords(words).customers;
  return (
    <>
      <p safe>{none}</p>
      {isAdmin ? <p class="muted">{seed(<code>foyer seed</code>) as "safe"}</p> : null}
    </>
  );
}

type OutOfBand<Props> = Props & { isOutOfBand: boolean };

/** A live region: only its text is replaced, or screen readers would not say it. */
function CustomerCount({ words, shown, total, isOutOfBand }: OutOfBand<CustomerRowsProps>) {
  const { showing } = demoWords(words).customers;
  return (
    <p
      id="customers_count"
      class="muted"
      role="status"
      hx-swap-oob={isOutOfBand ? "innerHTML" : undefined}
      safe
    >
      {total === 0 ? "" : showing(shown, total)}
    </p>
  );
}

function MoreButton({ words, more, total, isOutOfBand }: OutOfBand<CustomerRowsProps>) {
  const { showMore, all } = demoWords(words).customers;
  return (
    <p id="customers_more" hx-swap-oob={isOutOfBand ? "true" : undefined}>
      {more ? (
        <button
          type="button"
          id="load_more"
          class="button"
          hx-get={more.path}
          hx-target="#customers"
          hx-swap="beforeend"
          hx-sync="this:drop"
          {...SWAP_NO_REFUSAL}
          safe
        >
          {showMore(more.count)}
        </button>
      ) : (
        // Takes the focus from the last button.
        <span id="load_more" tabindex="-1" safe>
          {all(total)}
        </span>
      )}
    </p>
  );
}
