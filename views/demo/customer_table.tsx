import { Html } from "@elysiajs/html";

import { formatNumber } from "../number.ts";
import { CalendarDate } from "../time.tsx";

/** A customer in a row of the table. */
export interface TableCustomer {
  number: number;
  name: string;
  company: string;
  city: string;
  /** A date in ISO 8601, `2024-05-31`. */
  since: string;
}

/** The customers of one page, or those that join it. */
interface CustomerRowsProps {
  customers: TableCustomer[];
}

/** A table whose rows are cards in a small window. */
export function CustomerTable(page: CustomerRowsProps) {
  return (
    // `tabindex`: the keyboard must reach a region that scrolls.
    <div class="wide" role="region" aria-label="List of customers" tabindex="0">
      <table id="customers" class="stack" role="table">
        <caption class="hear">Customers, by number</caption>
        <thead role="rowgroup">
          <tr role="row">
            <ColumnHeader title="Name" />
            <ColumnHeader title="Company" />
            <ColumnHeader title="City" />
            <ColumnHeader title="Customer since" />
            <ColumnHeader title="No." class="number" />
          </tr>
        </thead>
        <CustomerRows {...page} />
      </table>
    </div>
  );
}

function ColumnHeader({ title, class: className }: { title: string; class?: string }) {
  return (
    <th role="columnheader" scope="col" class={className} safe>
      {title}
    </th>
  );
}

/** Rows that join the table. */
export function CustomerRows({ customers }: CustomerRowsProps) {
  return (
    <tbody role="rowgroup">
      {customers.map(({ number, name, company, city, since }) => (
        <tr role="row">
          <th role="rowheader" scope="row" safe>
            {name}
          </th>
          <td role="cell" safe>
            {company}
          </td>
          <td role="cell" safe>
            {city}
          </td>
          <td role="cell" data-label="Since">
            <CalendarDate date={since} />
          </td>
          <td role="cell" data-label="No." class="number">
            {formatNumber(number) as "safe"}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
