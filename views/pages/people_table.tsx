import { Html } from "@elysiajs/html";

import type { PeopleOrder, PersonSummary } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import { PersonBadges } from "./person_badges.tsx";

/** The sortable columns, by their names in the address; whether they ascend by default. */
const COLUMNS: Record<PeopleOrder, { title: string; ascends: boolean }> = {
  name: { title: "Name", ascends: true },
  email: { title: "Email", ascends: true },
  signed_in: { title: "Last sign-in", ascends: false },
  created: { title: "Joined", ascends: false },
};

export interface PeopleTableProps {
  people: (PersonSummary & { isConfiguredAdmin: boolean })[];
  order: PeopleOrder;
  isReversed: boolean;
  /** The query of the page's address, without its number. */
  query: Record<string, string>;
}

/** The people of one page. A second click on the sorted column reverses it. In a small window each row is a card. */
export function PeopleTable({ people, query, order, isReversed }: PeopleTableProps) {
  return (
    <div class="wide" role="region" aria-label="List of people" tabindex="0">
      <table class="stack" role="table">
        <caption class="hear" safe>
          {`People, sorted by ${COLUMNS[order].title.toLowerCase()}`}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {(Object.keys(COLUMNS) as PeopleOrder[]).map((column) => (
              <ColumnHeader {...{ column, query, order, isReversed }} />
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
                <PersonBadges {...person} />
              </th>
              <td role="cell" class="email" safe>
                {person.email}
              </td>
              <td role="cell" data-label="Last sign-in">
                <Time at={person.signedInAt} />
              </td>
              <td role="cell" data-label="Joined">
                <Time at={person.createdAt} />
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

function ColumnHeader({ column, query, order, isReversed }: ColumnHeaderProps) {
  const { title, ascends } = COLUMNS[column];
  const isSorted = column === order;
  const { sort: _, reverse: __, ...rest } = query;
  const next = { ...rest, sort: column, ...(isSorted && !isReversed ? { reverse: "1" } : {}) };
  const direction = ascends === isReversed ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" aria-sort={isSorted ? direction : undefined}>
      <PageLink name={ADMIN_PEOPLE} query={next}>
        {title as "safe"}
      </PageLink>
    </th>
  );
}
