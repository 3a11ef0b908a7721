import { Html } from "@elysiajs/html";

import type { PeopleFilter } from "../../db/contract/people_list.ts";
import { ADMIN_PEOPLE, pagePath } from "../../src/paths.ts";
import { attributeText } from "../attribute_text.ts";
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

/** The list of people, with search, filters, sorting and pages. */
export function PeoplePage(props: PeopleProps) {
  const { people, search, isCut, words } = props;
  return (
    <>
      <AdminTabs current={ADMIN_PEOPLE} words={words} />
      <div class="head">
        <h1 safe>{words.people.title}</h1>
        <p class="muted" id="people_count" data-announced safe>
          {describeCount(props)}
        </p>
      </div>
      <section class="card" aria-label={words.people.title}>
        <SearchForm {...props} />
        <Filters {...props} />
        {isCut ? (
          <p class="muted" safe>
            {words.people.isCut}
          </p>
        ) : null}
        {people.length > 0 ? <PeopleTable {...props} query={queryOf(props)} /> : null}
        {people.length === 0 && search ? <p safe>{words.people.checkSpelling}</p> : null}
        <Pager {...props} text={describeCount(props)} query={queryOf(props)} />
      </section>
    </>
  );
}

/** The part of the address that every link of the list keeps. */
function queryOf({ search, filter, order, isReversed }: PeopleProps): Record<string, string> {
  return {
    ...(search ? { q: search } : {}),
    ...(filter === "all" ? {} : { filter }),
    ...(order === "name" && !isReversed ? {} : { sort: order }),
    ...(isReversed ? { reverse: "1" } : {}),
  };
}

function describeCount(props: PeopleProps): string {
  const { people, search, count, isCut, page, pageLength, words } = props;
  const { nobody, noMatch, range, rangeOfMore } = words.people;
  if (people.length === 0) return search ? noMatch(search) : nobody;
  const first = (page - 1) * pageLength + 1;
  return (isCut ? rangeOfMore : range)(first, first + people.length - 1, count);
}

function SearchForm({ search, filter, order, isReversed, words }: PeopleProps) {
  return (
    <form class="line" role="search" action={pagePath(ADMIN_PEOPLE)}>
      <label>
        <span safe>{words.people.search}</span>{" "}
        <input
          id="people_search"
          type="search"
          name="q"
          value={attributeText(search)}
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
      <button type="submit" class="button" safe>
        {words.people.submit}
      </button>
      {search ? (
        <PageLink name={ADMIN_PEOPLE}>
          <span safe>{words.people.clear}</span>
        </PageLink>
      ) : null}
    </form>
  );
}

function Filters(props: PeopleProps) {
  const { filter: current, counts, words } = props;
  const { filter: label, filters } = words.people;
  return (
    <ul class="tabs" aria-label={label}>
      {(Object.keys(filters) as PeopleFilter[]).map((filter) => (
        <li>
          <PageLink
            name={ADMIN_PEOPLE}
            query={queryOf({ ...props, filter })}
            aria-current={filter === current ? "true" : undefined}
          >
            <span safe>
              {[filters[filter], counts && words.formats.number(counts[filter])]
                .filter(Boolean)
                .join(" ")}
            </span>
          </PageLink>
        </li>
      ))}
    </ul>
  );
}
