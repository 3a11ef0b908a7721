import type { Customer } from "../../db/contract/store.ts";

const GIVEN_NAMES = [
  "Amina",
  "Björn",
  "Chen",
  "Dalia",
  "Emeka",
  "Freya",
  "Goran",
  "Hana",
  "Ines",
  "Jonas",
];
const FAMILY_NAMES = [
  "Adeyemi",
  "Brandt",
  "Costa",
  "Dubois",
  "Eriksen",
  "Fujita",
  "García",
  "Hassan",
  "Iversen",
  "Jansen",
];
const COMPANIES = [
  "Aurora Mills",
  "Birch & Sons",
  "Copper Kettle",
  "Delta Freight",
  "Elm Street Press",
  "Fjord Optics",
  "Granite Works",
];
const CITIES = [
  "Accra",
  "Bergen",
  "Cádiz",
  "Dresden",
  "Évora",
  "Fukuoka",
  "Ghent",
  "Hanoi",
  "Izmir",
  "Jaipur",
  "Kraków",
];
const FIRST_DAY = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;

/** `count` customers who do not exist, the same at each call: data to try the list with. */
export function createDemonstrationCustomers(count: number): Customer[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    name: `${pick(GIVEN_NAMES, index)} ${pick(FAMILY_NAMES, Math.floor(index / 10))}`,
    company: pick(COMPANIES, index * 3),
    city: pick(CITIES, index * 5),
    since: new Date(FIRST_DAY + index * 4 * DAY_MS).toISOString().slice(0, 10),
  }));
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? "";
}
