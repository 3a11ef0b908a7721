import type { AppStore } from "../../db/contract/app_store.ts";
import { PEOPLE_FILTERS, PEOPLE_ORDERS, type PeopleQuery } from "../../db/contract/people_list.ts";

const LIMIT = 50;
const ROUNDS = 20;
/** Of a search, the 99th part of a hundred counts. */
const SEARCH_ROUNDS = 100;
/** From every person, from many, from few, from one, from nobody; parts and beginnings of words. */
const SEARCHES = [
  "gmail",
  "okafor",
  "p4242",
  "bjorn ade",
  "nobody",
  "li",
  "王",
  "p",
  "4",
  "member",
];
const configuredAdmins = new Set(["p7@gmail.com"]);

/**
 * Prints how long each page of administrators takes among `count` people, and returns the slowest in milliseconds: the
 * median of a list, and what 99 of 100 searches are below. On SQLite it is the time of the processor: other programs make
 * that of the clock longer.
 */
export async function measurePeopleLists(
  store: AppStore,
  { count, readMs }: { count: number; readMs: () => number },
): Promise<number> {
  let slowest = 0;
  const measure = async (name: string, run: () => Promise<unknown>, rounds = ROUNDS) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begun = readMs();
      await run();
      times.push(readMs() - begun);
    }
    const sorted = times.toSorted((one, other) => one - other);
    const [median = 0, most = 0] = [0.5, 0.99].map(
      (part) => sorted[Math.floor((rounds - 1) * part)],
    );
    slowest = Math.max(slowest, rounds === ROUNDS ? median : most);
    console.info(`${name.padEnd(44)} ${median.toFixed(2)} ms, 99 % within ${most.toFixed(2)} ms`);
  };
  const list = (query: Partial<PeopleQuery>) =>
    store.listPeople({
      search: "",
      filter: "all",
      order: "name",
      isReversed: false,
      skip: 0,
      limit: LIMIT,
      configuredAdmins,
      ...query,
    });
  for (const order of PEOPLE_ORDERS) {
    for (const filter of PEOPLE_FILTERS) {
      for (const skip of [0, count / 2, count - LIMIT]) {
        if (skip > 0 && (filter === "admins" || filter === "disabled")) continue;
        await measure(`${filter} by ${order}, from ${skip}`, () => list({ order, filter, skip }));
      }
    }
  }
  for (const search of SEARCHES) {
    for (const filter of PEOPLE_FILTERS) {
      await measure(`"${search}", ${filter}`, () => list({ search, filter }), SEARCH_ROUNDS);
    }
  }
  await measure("the overview", () => store.readCounters({ now: 0, sinceDay: "2026-01-01" }));
  return slowest;
}
