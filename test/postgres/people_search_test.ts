import { beforeAll, describe, expect, test } from "bun:test";

import { SQL } from "bun";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { PersonAct } from "../../db/contract/people.ts";
import { PEOPLE_FILTERS } from "../../db/contract/people_list.ts";
import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";
import { hasPostgres } from "../programs.ts";
import { createMigratedDatabase } from "./migrated.ts";
import { sharedPostgres } from "./server.ts";

const LONG_WORD = "Wolfeschlegelsteinhausen".repeat(13);

/** Names that SQLite and PostgreSQL might read differently. */
const NAMES = [
  ...["Björn Adeyemi", "Amélie Okafor", "Dalia Okafor-Andersson", "Li Wei", "王小明", "김철수"],
  ...["Jose\u0301 O'Hara", "İlker Çelik", "ΟΔΥΣΣΕΥΣ", "Łukasz Ørsted", "Grace 😀 Hopper"],
  ...["محمد علي", "\u202eeulb\u202c Lin", "A%B_C\\D", 'Robert "Bobby" Tables', LONG_WORD, "x"],
  ...["Two\nLines", "Li\u0301\u0301ly of\u00a0the Valley", "O'K", "a1b2", "active", "😀"],
];

const SEARCHES = [
  ...[
    "okafor",
    "OKAFOR",
    "kafo",
    "okafor amélie",
    "okafor a",
    "okaand",
    "forson",
    "amelie o",
    "zzz",
    "x",
    "é",
    "ü",
  ],
  ...[
    "bjorn",
    "BJÖRN",
    "bjo\u0308rn",
    "jose",
    "José O",
    "ilker",
    "İLKER",
    "celik",
    "ça",
    "łuk",
    "ØRS",
  ],
  ...[
    "li",
    "LI",
    "lil",
    "王",
    "王小",
    "小明",
    "王小明",
    "김",
    "김철",
    "김철수",
    "철수",
    "οδυσσευς",
    "ΔΥΣ",
    "ς",
  ],
  ...[
    "o'h",
    "oh",
    "o'",
    "'k",
    "'",
    "''",
    '"',
    '"bobby"',
    'by" t',
    "%",
    "_",
    "%b_",
    "a%b_c\\d",
    "\\",
    "\\d",
  ],
  ...[
    "a%",
    "a_c",
    "%%%",
    "___",
    "\\\\\\",
    "$1",
    "{",
    "}",
    "{a,b}",
    "NULL",
    "😀",
    "😀 h",
    "ce 😀",
    "\u{1f600}x",
  ],
  ...[
    "محمد",
    "علي",
    "م",
    "\u202e",
    "\u202eeulb",
    "eulb",
    "\u0301",
    "\u0301\u0302\u0303",
    "a\u0301",
    "two lines",
  ],
  ...[
    "two",
    "two\nlines",
    "\0okafor\0",
    "ok\0afor",
    "of the",
    "of\u00a0the",
    "the valley",

    "1b2",
    "b2",
  ],
  ...[
    LONG_WORD.slice(0, 90),
    LONG_WORD.slice(30, 99),
    `${LONG_WORD.slice(0, 90)}x`,
    "active",
    "admin",
    "disabled",
  ],
  ...[
    "a",
    "p1",
    "orbit",
    "@orbit",
    "example two",
    "p1 okafor",
    "0a",
    "0active",
    "1okafor",
    "ok af or",
    "a b c",
  ],
];

describe.skipIf(!hasPostgres)("the search for people on PostgreSQL", () => {
  const addresses: string[] = [];
  const stores: AppStore[] = [];
  beforeAll(async () => {
    await sharedPostgres();
    addresses.push(":memory:", await createMigratedDatabase());
    for (const address of addresses) {
      const store = await openStore(parseDatabase(address), MACHINE);
      stores.push(store);
      for (const [index, name] of NAMES.entries())
        await add(store, name, `p${index}@orbit.example`);
      const chen = await add(store, "Chen Okafor", "chen@gmail.com");
      await store.disable(actOn(chen), auditAt(5000));
      await store.addAdmin(actOn(await add(store, "Li Okafor", "li@gmail.com")), auditAt(5000));
      await add(store, "Zoe Okafor", "zoe@gmail.com");
    }
  }, 60_000);

  for (const search of SEARCHES) {
    test(`finds those whom SQLite finds: ${JSON.stringify(search.slice(0, 40))}`, async () => {
      for (const filter of PEOPLE_FILTERS) {
        const [there = [], here] = await Promise.all(
          stores.map((store) => find(store, search, filter)),
        );
        expect(here).toEqual(there);
      }
    });
  }

  test("ignores accents of every alphabet, where SQLite ignores those of Latin letters", async () => {
    const [store] = await openOwn();
    await add(store, "Семён Ёлкин", "semyon@orbit.example");
    await add(store, "Γιώργος", "giorgos@orbit.example");
    expect(await find(store, "елкин")).toEqual(["Семён Ёлкин"]);
    expect(await find(store, "ЁЛКИН")).toEqual(["Семён Ёлкин"]);
    expect(await find(store, "γιωργος")).toEqual(["Γιώργος"]);
  });

  test("follows a changed person, and forgets a deleted one", async () => {
    const [store, address] = await openOwn();
    const id = await add(store, "Ada Byron", "ada@orbit.example");
    await add(store, "Ada Lovelace", "ada@orbit.example");
    expect(await find(store, "byron")).toEqual([]);
    expect(await find(store, "by")).toEqual([]);
    expect(await find(store, "lovelace")).toEqual(["Ada Lovelace"]);
    expect(await store.deletePerson(actOn(id), auditAt(6000))).toBe("done");
    expect(await find(store, "lovelace")).toEqual([]);
    await using sql = new SQL(address, { max: 1 });
    expect(await sql`select 1 from people_search where text like '%lovelace%'`).toHaveLength(0);
  });

  test("leaves its index alone when somebody signs in again", async () => {
    const [, store] = stores as [AppStore, AppStore];
    await using sql = new SQL(addresses[1] as string, { max: 1 });
    const read = () =>
      sql`select ctid::text, xmin::text from people_search order by position`.values();
    const before = await read();
    await add(store, "Amélie Okafor", "p1@orbit.example");
    expect(await read()).toEqual(before);
  });

  test("takes at most 1,001 people over several blocks of positions, and reads no more", async () => {
    const address = await createMigratedDatabase();
    await using sql = new SQL(address, { max: 1 });
    for (const first of [0, 40_000]) {
      await sql`select setval('people_search_position_seq', ${first + 1})`;
      await sql`insert into users (id, sub, email, email_verified, name, created_at, signed_in_at) select n::text, n::text, n || '@gmail.com', true, 'Person ' || n, n, n from generate_series(${first}::int, ${first + 700}::int) n`;
    }
    const store = await openStore(parseDatabase(address), MACHINE);
    const list = (search: string) => store.listPeople({ ...QUERY, search, skip: 990 });
    expect(await list("person")).toMatchObject({ count: 1000, isCut: true });
    expect(await list("pe")).toMatchObject({ count: 1000, isCut: true });
    expect(await list("person 4")).toMatchObject({ count: 812, isCut: false });
    expect(await list("person 40700")).toMatchObject({ count: 1, isCut: false });
    await store.close();
  });
});

/** A PostgreSQL without people, and its address. */
async function openOwn(): Promise<[store: AppStore, address: string]> {
  const address = await createMigratedDatabase();
  return [await openStore(parseDatabase(address), MACHINE), address];
}

const QUERY = {
  ...({ search: "", filter: "all", order: "name", isReversed: false } as const),
  ...{ skip: 0, limit: 50, configuredAdmins: new Set(["zoe@gmail.com", "nobody@gmail.com"]) },
};

async function find(
  store: AppStore,
  search: string,
  filter: (typeof PEOPLE_FILTERS)[number] = "all",
) {
  const { people, count } = await store.listPeople({ ...QUERY, search, filter });
  expect(people).toHaveLength(count);
  return people.map(({ name }) => name).toSorted();
}

let times = 1000;

async function add(store: AppStore, name: string, email: string): Promise<string> {
  const outcome = await store.signIn(
    {
      identity: { sub: email, email, name, picture: null, hostedDomain: null },
      ...{ method: "btn", tokenHash: crypto.randomUUID(), nonceHash: crypto.randomUUID() },
      ...{ accessHash: null, bindingSecret: null, authenticatedAt: null, amr: null },
      ...{ previousTokenHash: null, tokenIssuedAt: 1000, nonceKeptUntil: 5000 },
      ...{ expiresAt: 9000, idleEndsAt: 9000, invitation: "not_needed" },
    },
    auditAt((times += 1)),
  );
  if (!outcome.signedIn) throw new Error(outcome.code);
  return outcome.user.id;
}

const actOn = (userId: string): PersonAct => ({
  userId,
  policy: { configuredAdmins: new Set(), admit: () => ({ mayEnter: true, isAdmin: true }) },
});
