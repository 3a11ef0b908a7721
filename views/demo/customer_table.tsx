import { Html } from "@elysiajs/html";

import { CalendarDate } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { demoWords } from "./words.ts";

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
  words: Words;
  customers: TableCustomer[];
}

/** A table whose rows are cards in a small window. */
export function CustomerTable(page: CustomerRowsProps) {
  const { customers } = demoWords(page.words);
  return (
    // `tabindex`: the keyboard must reach a region that scrolls.
    <div class="wide" role="region" aria-label={customers.list} tabindex="0">
      <table id="customers" class="stack" role="table">
        <caption class="hear" safe>
          {customers.caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <ColumnHeader title={customers.name} />
            <ColumnHeader title={customers.company} />
            <ColumnHeader title={customers.city} />
            <ColumnHeader title={customers.since} />
            <ColumnHeader title={customers.number} class="number" />
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
export function CustomerRows({ words, customers }: CustomerRowsProps) {
  const { sinceShort, number: numberShort } = demoWords(words).customers;
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
          <td role="cell" data-label={sinceShort}>
            <CalendarDate words={words} date={since} />
          </td>
          <td role="cell" data-label={numberShort} class="number">
            {words.formats.number(number) as "safe"}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
