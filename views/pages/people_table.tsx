import { Html } from "@elysiajs/html";

import type { PeopleOrder, PersonSummary } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { PersonBadges } from "./person_badges.tsx";

/** Whether the columns ascend by default, by their names in the address. */
const ASCENDS: Record<PeopleOrder, boolean> = {
  name: true,
  email: true,
  signed_in: false,
  created: false,
};

export interface PeopleTableProps {
  people: (PersonSummary & { isConfiguredAdmin: boolean })[];
  order: PeopleOrder;
  isReversed: boolean;
  /** The query of the page's address, without its number. */
  query: Record<string, string>;
  words: Words;
}

/** The people of one page. A second click on the sorted column reverses it. In a small window each row is a card. */
export function PeopleTable({ people, query, order, isReversed, words }: PeopleTableProps) {
  const { list, sortedBy, columns } = words.people;
  return (
    <div class="wide" role="region" aria-label={list} tabindex="0">
      <table class="stack" role="table">
        <caption class="hear" safe>
          {sortedBy(columns[order])}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {(Object.keys(ASCENDS) as PeopleOrder[]).map((column) => (
              <ColumnHeader {...{ column, query, order, isReversed, words }} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {people.map((person) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                <PageLink name={ADMIN_PEOPLE} query={{ person: person.id }}>
                  <bdi safe>{person.name}</bdi>
                </PageLink>
                <PersonBadges {...person} words={words} />
              </th>
              <td role="cell" class="email" safe>
                {person.email}
              </td>
              <td role="cell" data-label={columns.signed_in}>
                <Time at={person.signedInAt} words={words} />
              </td>
              <td role="cell" data-label={columns.created}>
                <Time at={person.createdAt} as="day" words={words} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnHeaderProps extends Omit<PeopleTableProps, "people"> {
  column: PeopleOrder;
}

function ColumnHeader({ column, query, order, isReversed, words }: ColumnHeaderProps) {
  const isSorted = column === order;
  const { sort: _, reverse: __, ...rest } = query;
  const next = { ...rest, sort: column, ...(isSorted && !isReversed ? { reverse: "1" } : {}) };
  const direction = ASCENDS[column] === isReversed ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" aria-sort={isSorted ? direction : undefined}>
      <PageLink name={ADMIN_PEOPLE} query={next}>
        <span safe>{words.people.columns[column]}</span>
      </PageLink>
    </th>
  );
}
