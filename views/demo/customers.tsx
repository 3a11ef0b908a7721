import { Html } from "@elysiajs/html";

import { SWAP_NO_REFUSAL } from "../act_button.tsx";
import { formatNumber } from "../number.ts";
import { CustomerRows, CustomerTable, type TableCustomer } from "./customer_table.tsx";

export interface CustomerRowsProps {
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
  return (
    <>
      <div class="head">
        <h1>Customers</h1>
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

function NoCustomers({ isAdmin }: CustomerListProps) {
  return (
    <>
      <p>No customers yet</p>
      {isAdmin ? (
        <p class="muted">
          To add 1,000 examples, run <code>foyer seed</code>.
        </p>
      ) : null}
    </>
  );
}

type OutOfBand<Props> = Props & { isOutOfBand: boolean };

/** A live region: only its text is replaced, or screen readers would not say it. */
function CustomerCount({ shown, total, isOutOfBand }: OutOfBand<CustomerRowsProps>) {
  return (
    <p
      id="customers_count"
      class="muted"
      role="status"
      hx-swap-oob={isOutOfBand ? "innerHTML" : undefined}
      safe
    >
      {total === 0 ? "" : `Showing ${formatNumber(shown)} of ${formatNumber(total)}`}
    </p>
  );
}

function MoreButton({ more, total, isOutOfBand }: OutOfBand<CustomerRowsProps>) {
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
          {`Show ${formatNumber(more.count)} more`}
        </button>
      ) : (
        // Takes the focus from the last button.
        <span id="load_more" tabindex="-1" safe>
          {`You have seen all ${formatNumber(total)}`}
        </span>
      )}
    </p>
  );
}
