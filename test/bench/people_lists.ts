import type { AppStore } from "../../db/contract/app_store.ts";
import { PEOPLE_FILTERS, PEOPLE_ORDERS, type PeopleQuery } from "../../db/contract/people_list.ts";

const LIMIT = 50;
const ROUNDS = 20;
/** From every person, from many, from few, from one, from nobody; parts and beginnings of words. */
const SEARCHES = ["gmail", "okafor", "p4242", "bjorn ade", "nobody", "li", "王", "p", "4"];
const configuredAdmins = new Set(["p7@gmail.com"]);

/** Prints how long each page of administrators takes among `count` people, and returns the slowest median in milliseconds. */
export async function measurePeopleLists(store: AppStore, count: number): Promise<number> {
  let slowest = 0;
  const measure = async (name: string, run: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await run();
      times.push(performance.now() - begun);
    }
    const sorted = times.toSorted((one, other) => one - other);
    const [median = 0] = sorted.slice(ROUNDS / 2);
    slowest = Math.max(slowest, median);
    const worst = sorted.at(-1) ?? 0;
    console.info(`${name.padEnd(44)} ${median.toFixed(2)} ms, at most ${worst.toFixed(2)} ms`);
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
      await measure(`"${search}", ${filter}`, () => list({ search, filter }));
    }
  }
  await measure("the overview", () => store.readCounters({ now: 0, sinceDay: "2026-01-01" }));
  return slowest;
}
