import { Html } from "@elysiajs/html";

import type { PeopleOrder, PersonSummary } from "../../db/contract/people.ts";
import { ADMIN, pagePath } from "../../src/paths.ts";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import { PersonBadges } from "./person_badges.tsx";

export interface PeopleProps {
  people: (PersonSummary & { isConfiguredAdmin: boolean })[];
  search: string;
  order: PeopleOrder;
  /** The id of the last shown person, or `null` if there are no more. */
  next: string | null;
}

/** The sortable columns, by their names in the address. */
const COLUMNS: Record<PeopleOrder, string> = {
  name: "Name",
  email: "Address",
  signed_in: "Last sign-in",
  created: "Here since",
};

/** The list of people, with search, sorting and pages. */
export function People({ people, search, order, next }: PeopleProps) {
  const query = { ...(search ? { q: search } : {}), sort: order };
  return (
    <section class="card">
      <h2>People</h2>
      <form class="search" role="search" action={pagePath(ADMIN)}>
        <label for="people_search">Name or address begins with</label>
        <input id="people_search" type="search" name="q" value={search} maxlength="100" />
        <input type="hidden" name="sort" value={order} />
        <button type="submit" class="button">
          Search
        </button>
      </form>
      <div class="wide" role="region" aria-label="People" tabindex="0">
        <table>
          <thead>
            <tr>
              {(Object.keys(COLUMNS) as PeopleOrder[]).map((each) => (
                <th scope="col" aria-sort={each === order ? sortOf(each) : undefined}>
                  <PageLink name={ADMIN} query={{ ...query, sort: each }}>
                    {COLUMNS[each] as "safe"}
                  </PageLink>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr>
                <th scope="row">
                  <PageLink name={ADMIN} query={{ person: person.id }}>
                    <span safe>{person.name}</span>
                  </PageLink>{" "}
                  <PersonBadges {...person} />
                </th>
                <td safe>{person.email}</td>
                <td>
                  <Time at={person.signedInAt} />
                </td>
                <td>
                  <Time at={person.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {people.length === 0 ? <p>Nobody is found.</p> : null}
      {next ? (
        <p>
          <PageLink name={ADMIN} query={{ ...query, after: next }} class="button">
            Next page
          </PageLink>
        </p>
      ) : null}
    </section>
  );
}

function sortOf(order: PeopleOrder): "ascending" | "descending" {
  return order === "name" || order === "email" ? "ascending" : "descending";
}
