import { Html } from "@elysiajs/html";

import { SWAP_NO_REFUSAL } from "../act_button.tsx";

interface Customer {
  number: number;
  name: string;
  company: string;
  city: string;
  /** A date in ISO 8601, `2024-05-31`. */
  since: string;
}

export interface CustomerListProps {
  customers: Customer[];
  /** The total, and how many are shown including these. */
  total: number;
  shown: number;
  /** The address of the next rows, or `null` if all are shown. */
  more: string | null;
}

/** The list of customers. "Load more" adds rows. */
export function CustomerList(page: CustomerListProps) {
  return (
    <section class="card">
      <h1>Customers</h1>
      <CustomerCount {...page} isOutOfBand={false} />
      {page.total === 0 ? (
        <p>
          For a thousand of them to try the list with, run <code>foyer seed</code>.
        </p>
      ) : (
        <>
          {/* `tabindex`: the keyboard must reach a region that scrolls. */}
          <div class="wide" role="region" aria-label="Customers" tabindex="0">
            <table id="customers">
              <thead>
                <tr>
                  <th scope="col">No.</th>
                  <th scope="col">Name</th>
                  <th scope="col">Company</th>
                  <th scope="col">City</th>
                  <th scope="col">Since</th>
                </tr>
              </thead>
              <CustomerRows {...page} />
            </table>
          </div>
          <MoreButton {...page} isOutOfBand={false} />
        </>
      )}
    </section>
  );
}

/** The answer to "load more": rows, plus the counter and the button out of band. */
export function MoreCustomers(page: CustomerListProps) {
  return (
    <>
      <CustomerRows {...page} />
      <CustomerCount {...page} isOutOfBand={true} />
      <MoreButton {...page} isOutOfBand={true} />
    </>
  );
}

function CustomerRows({ customers }: CustomerListProps) {
  return (
    <tbody>
      {customers.map(({ number, name, company, city, since }) => (
        <tr>
          <td>{number}</td>
          <th scope="row" safe>
            {name}
          </th>
          <td safe>{company}</td>
          <td safe>{city}</td>
          <td>
            <time datetime={since} safe>
              {since}
            </time>
          </td>
        </tr>
      ))}
    </tbody>
  );
}

type OutOfBand<Props> = Props & { isOutOfBand: boolean };

function CustomerCount({ shown, total, isOutOfBand }: OutOfBand<CustomerListProps>) {
  return (
    <p
      id="customers_count"
      class="muted"
      role="status"
      hx-swap-oob={isOutOfBand ? "true" : undefined}
      safe
    >
      {total === 0 ? "There are no customers yet." : `${shown} of ${total} are shown.`}
    </p>
  );
}

function MoreButton({ more, isOutOfBand }: OutOfBand<CustomerListProps>) {
  return (
    <p id="customers_more" hx-swap-oob={isOutOfBand ? "true" : undefined}>
      {more ? (
        <button
          type="button"
          id="load_more"
          class="button"
          hx-get={more}
          hx-target="#customers"
          hx-swap="beforeend"
          hx-sync="this:drop"
          {...SWAP_NO_REFUSAL}
        >
          Load more
        </button>
      ) : (
        // Takes the focus from the last button.
        <span id="load_more" tabindex="-1">
          That is everybody.
        </span>
      )}
    </p>
  );
}
