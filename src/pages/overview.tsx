import { Html } from "@elysiajs/html";

import type { Counters } from "../../db/contract/people.ts";
import { OverviewPage } from "../../views/pages/admin.tsx";
import { readQuery } from "../http/query.ts";
import { ADMIN, PATHS } from "../paths.ts";
import type { MemberContext, MemberPage } from "./page.ts";
import { drawPerson, findTitle } from "./person.tsx";

const DAYS = 30;
const DAY_MS = 86_400_000;

/** The first of the pages for administrators: numbers, and the sign-ins by day. With `person`, that person. */
export const OVERVIEW_PAGE: MemberPage = {
  name: ADMIN,
  title: ({ menu }) => menu.admin,
  titleOf: async (context) => (await findTitle(context)) ?? context.words.overview.title,
  audience: "admins",
  address: PATHS.admin,
  draw: (context) => {
    const id = readQuery(context.query, "person", 36);
    return id ? drawPerson(id, context) : drawOverview(context);
  },
};

async function drawOverview({ store, now, refusals, words }: MemberContext): Promise<string> {
  await refusals.flush();
  const days = lastDays(now());
  const counters = await store.readCounters({ now: now(), sinceDay: days[0] ?? "" });
  return (
    <OverviewPage
      counters={counters}
      words={words}
      days={days.map((day) => countDay(day, counters.days))}
      mainCodes={findMainCodes(counters.days)}
    />
  );
}

function lastDays(now: number): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** The most frequent code of the refusals of each day. */
function findMainCodes(counts: Counters["days"]): Map<string, string> {
  const refusals = counts.filter(({ code }) => code !== "signed_in");
  const ascending = refusals.toSorted((one, other) => one.count - other.count);
  return new Map(ascending.map(({ day, code }) => [day, code]));
}

function countDay(day: string, counts: Counters["days"]) {
  let [signIns, refusals] = [0, 0];
  for (const each of counts.filter((count) => count.day === day)) {
    if (each.code === "signed_in") signIns += each.count;
    else refusals += each.count;
  }
  return { day, signIns, refusals };
}
