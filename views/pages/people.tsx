import { Html } from "@elysiajs/html";

import type { PeopleFilter } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE, pagePath } from "../../src/paths.ts";
import { formatNumber } from "../number.ts";
import { PageLink } from "../page_link.tsx";
import { AdminTabs } from "./admin_tabs.tsx";
import { Pager } from "./pager.tsx";
import { PeopleTable, type PeopleTableProps } from "./people_table.tsx";

export interface PeopleProps extends Omit<PeopleTableProps, "query"> {
  search: string;
  filter: PeopleFilter;
  /** The number of this page, from 1, and how many people a page has. */
  page: number;
  pageLength: number;
  /** How many people were found. With `isCut`, there are more. */
  count: number;
  isCut: boolean;
  /** How many people each filter shows; `null` with a search. */
  counts: Record<PeopleFilter, number> | null;
}

const FILTERS: Record<PeopleFilter, string> = {
  all: "All",
  active: "Active",
  admins: "Admins",
  disabled: "Disabled",
};

/** The list of people, with search, filters, sorting and pages. */
export function PeoplePage(props: PeopleProps) {
  const { people, search, isCut } = props;
  return (
    <>
      <AdminTabs current={ADMIN_PEOPLE} />
      <div class="head">
        <h1>People</h1>
        <p class="muted" id="people_count" safe>
          {describeCount(props)}
        </p>
      </div>
      <section class="card" aria-label="People">
        <SearchForm {...props} />
        <Filters {...props} />
        {isCut ? <p class="muted">{CUT_SENTENCE}</p> : null}
        {people.length > 0 ? <PeopleTable {...props} query={queryOf(props)} /> : null}
        {people.length === 0 && search ? (
          <p>Check the spelling, or search by a part of the name or email.</p>
        ) : null}
        <Pager {...props} text={describeCount(props)} query={queryOf(props)} />
      </section>
    </>
  );
}

const CUT_SENTENCE =
  "More than 1,000 people match. The first 1,000 that were found are listed. To see the others, search for more of the name or email.";

/** The part of the address that every link of the list keeps. */
function queryOf({ search, filter, order, isReversed }: PeopleProps): Record<string, string> {
  return {
    ...(search ? { q: search } : {}),
    ...(filter === "all" ? {} : { filter }),
    ...(order === "name" && !isReversed ? {} : { sort: order }),
    ...(isReversed ? { reverse: "1" } : {}),
  };
}

function describeCount({ people, search, count, isCut, page, pageLength }: PeopleProps): string {
  if (people.length === 0) return search ? `No one matches “${search}”` : "No one";
  const first = (page - 1) * pageLength + 1;
  const range = `${formatNumber(first)}–${formatNumber(first + people.length - 1)}`;
  return `${range} of ${isCut ? "more than " : ""}${formatNumber(count)}`;
}

function SearchForm({ search, filter, order, isReversed }: PeopleProps) {
  return (
    <form class="line" role="search" action={pagePath(ADMIN_PEOPLE)}>
      <label>
        Search by name or email{" "}
        <input
          id="people_search"
          type="search"
          name="q"
          value={search}
          maxlength="100"
          size="28"
          autocomplete="off"
          aria-describedby="people_count"
          autofocus={search !== ""}
        />
      </label>
      {filter === "all" ? null : <input type="hidden" name="filter" value={filter} />}
      {order === "name" ? null : <input type="hidden" name="sort" value={order} />}
      {isReversed ? <input type="hidden" name="reverse" value="1" /> : null}
      <button type="submit" class="button">
        Search
      </button>
      {search ? <PageLink name={ADMIN_PEOPLE}>Clear search</PageLink> : null}
    </form>
  );
}

function Filters(props: PeopleProps) {
  const { filter: current, counts } = props;
  return (
    <ul class="tabs" aria-label="Filter">
      {(Object.keys(FILTERS) as PeopleFilter[]).map((filter) => (
        <li>
          <PageLink
            name={ADMIN_PEOPLE}
            query={queryOf({ ...props, filter })}
            aria-current={filter === current ? "true" : undefined}
          >
            <span safe>
              {`${FILTERS[filter]}${counts ? ` ${formatNumber(counts[filter])}` : ""}`}
            </span>
          </PageLink>
        </li>
      ))}
    </ul>
  );
}
