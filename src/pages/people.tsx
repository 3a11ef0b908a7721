import { Html } from "@elysiajs/html";

import { PEOPLE_FILTERS, PEOPLE_ORDERS } from "../../db/contract/people_list.ts";
import { PeoplePage } from "../../views/pages/people.tsx";
import { isConfiguredAdmin } from "../auth/admission.ts";
import { RefusedRequest } from "../errors.ts";
import { readNumber, readQuery } from "../http/query.ts";
import { ADMIN_PEOPLE, PATHS } from "../paths.ts";
import type { MemberContext, MemberPage } from "./page.ts";
import { drawPerson, findTitle } from "./person.tsx";
import { addPersonRoutes } from "./person_acts.ts";

const PAGE_LENGTH = 50;
const MAX_PAGE = 1_000_000;

/** The people, or one person if the address names one. */
export const PEOPLE_PAGE: MemberPage = {
  name: ADMIN_PEOPLE,
  title: ({ people }) => people.title,
  titleOf: async (context) => (await findTitle(context)) ?? context.words.people.title,
  audience: "admins",
  address: PATHS.people,
  isHiddenInMenu: true,
  draw: (context) => {
    const id = readQuery(context.query, "person", 36);
    return id ? drawPerson(id, context) : drawPeople(context);
  },
  routes: addPersonRoutes,
};

async function drawPeople({ store, config, query, words }: MemberContext): Promise<string> {
  const search = readQuery(query, "q", 100).trim();
  const filter = readChoice(query, "filter", PEOPLE_FILTERS);
  const order = readChoice(query, "sort", PEOPLE_ORDERS);
  const isReversed = readChoice(query, "reverse", ["", "1"]) === "1";
  const wanted = readNumber(query, "page", { least: 1, most: MAX_PAGE, fallback: 1 });
  const { people, skipped, ...found } = await store.listPeople({
    ...{ search, filter, order, isReversed, configuredAdmins: config.adminEmails },
    skip: (wanted - 1) * PAGE_LENGTH,
    limit: PAGE_LENGTH,
  });
  return (
    <PeoplePage
      people={people.map((person) => ({
        ...person,
        isConfiguredAdmin: isConfiguredAdmin(person, config),
      }))}
      {...{ search, filter, order, isReversed, words }}
      {...found}
      page={skipped / PAGE_LENGTH + 1}
      pageLength={PAGE_LENGTH}
    />
  );
}

/** One of the known values of a parameter, by default the first. Throws `bad_parameter`. */
function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  known: readonly [Choice, ...Choice[]],
): Choice {
  const text = readQuery(query, name, 20);
  const choice = text === "" ? known[0] : known.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new RefusedRequest("bad_parameter");
}
