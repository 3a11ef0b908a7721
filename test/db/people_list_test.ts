import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { PersonAct } from "../../db/contract/people.ts";
import type { PeopleQuery } from "../../db/contract/people_list.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

const NAMES = [
  "Björn Adeyemi",
  "Dalia Okafor-Andersson",
  "Li Wei",
  "Amélie Okafor",
  "王小明",
  "Jose\u0301 O'Hara",
  "Oliver Lindqvist",
  'Robert "Bobby" Tables',
];

const folder = mkdtempSync(join(tmpdir(), "foyer-people-"));
let path = "";
let store: AppStore;

beforeEach(() => {
  path = join(folder, `${crypto.randomUUID()}.db`);
  store = openSqlite(path, MACHINE);
});

afterEach(() => store.close());

process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

let people = 0;

async function add(name: string, email = `p${++people}@orbit.example`, sub = email) {
  const outcome = await store.signIn(
    {
      identity: { sub, email, name, picture: null, hostedDomain: null },
      method: "btn",
      tokenHash: crypto.randomUUID(),
      accessHash: null,
      bindingSecret: null,
      authenticatedAt: null,
      amr: null,
      previousTokenHash: null,
      nonceHash: crypto.randomUUID(),
      tokenIssuedAt: 1000,
      nonceKeptUntil: 5000,
      expiresAt: 9000,
      idleEndsAt: 9000,
      invitation: "not_needed",
    },
    auditAt(1000 + ++people),
  );
  if (!outcome.signedIn) throw new Error(outcome.code);
  return outcome.user.id;
}

function list(query: Partial<PeopleQuery>) {
  return store.listPeople({
    search: "",
    filter: "all",
    order: "name",
    isReversed: false,
    skip: 0,
    limit: 50,
    configuredAdmins: new Set(),
    ...query,
  });
}

const find = async (query: Partial<PeopleQuery>) =>
  (await list(query)).people.map(({ name }) => name);

const actOn = (userId: string): PersonAct => ({
  userId,
  policy: { configuredAdmins: new Set(), admit: () => ({ mayEnter: true, isAdmin: true }) },
});

describe("the search for people", () => {
  const [
    BJORN = "",
    DALIA = "",
    LI = "",
    AMELIE = "",
    WANG = "",
    JOSE = "",
    OLIVER = "",
    BOBBY = "",
  ] = NAMES;
  const SEARCHES: [search: string, found: string[]][] = [
    ["okafor", [AMELIE, DALIA]],
    ["OKAFOR", [AMELIE, DALIA]],
    ["kafo", [AMELIE, DALIA]],
    ["bjorn", [BJORN]],
    ["BJÖRN", [BJORN]],
    ["bjo\u0308rn", [BJORN]],
    ["amelie okafor", [AMELIE]],
    ["okafor amélie", [AMELIE]],
    ["okafor a", []],
    ["amelie o", [AMELIE]],
    ["jose", [JOSE]],
    // The beginning of Lindqvist, too, but not the parts of Oliver and Dalia.
    ["li", [LI, OLIVER]],
    ["LI", [LI, OLIVER]],
    ["o'h", [JOSE]],
    ["oh", []],
    ["王", [WANG]],
    ["王小", [WANG]],
    ["小明", []],
    ["王小明", [WANG]],
    ["jö", [JOSE]],
    ["ü", []],
    ["zzz", []],
    ['"bobby"', [BOBBY]],
    ["%", []],
    ["_", []],
    ["*", []],
    ['"', []],
    ["'", []],
    ["okafor OR bjorn", []],
    ["name : okafor", []],
    ["okafor*", []],
    ["active", []],
    ["\u0000okafor\u0000", [AMELIE, DALIA]],
  ];
  for (const [search, found] of SEARCHES) {
    test(`finds ${found.join(", ") || "nobody"} for ${JSON.stringify(search)}`, async () => {
      for (const name of NAMES) await add(name);
      const names = await find({ search });
      expect(names.toSorted()).toEqual(found.toSorted());
    });
  }

  test("finds any part of an address", async () => {
    await add("Ada", "ada.lovelace@gmail.com");
    await add("Chen", "chen@a-very-long-domain.example");
    expect(await find({ search: "lovelace@" })).toEqual(["Ada"]);
    expect(await find({ search: "long-domain" })).toEqual(["Chen"]);
    expect(await find({ search: "ex" })).toEqual(["Chen"]);
  });

  test("everybody, for spaces alone", async () => {
    await add("Ada");
    expect(await list({ search: "  " })).toMatchObject({ count: 1, isCut: false });
  });

  test("follows a changed name, and forgets the old one", async () => {
    await add("Ada Byron", "ada@gmail.com");
    await add("Ada Lovelace", "ada@gmail.com");
    expect(await find({ search: "byron" })).toEqual([]);
    expect(await find({ search: "lovelace" })).toEqual(["Ada Lovelace"]);
    expect(await find({ search: "by" })).toEqual([]);
  });

  test("takes at most 1,000 matches, and says so", async () => {
    for (let number = 0; number < 1001; number += 1) await add(`Person ${number}`);
    const found = await list({ search: "person", skip: 990 });
    expect(found).toMatchObject({ count: 1000, isCut: true });
    expect(found.people).toHaveLength(10);
    expect(await list({ search: "person 1" })).toMatchObject({ count: 112, isCut: false });
    expect(await list({})).toMatchObject({ count: 1001, isCut: false });
  }, 20_000);

  test("leaves nothing of a deleted person in its indexes", async () => {
    const id = await add("Wilhelmina Quixote", "wilhelmina@gmail.com");
    await add("Ada", "ada@gmail.com");
    expect(readIndex()).toContain("wilhelmina");
    expect(await store.deletePerson(actOn(id), auditAt(2000))).toBe("done");
    expect(await find({ search: "quixote" })).toEqual([]);
    expect(readIndex()).not.toContain("wilhelmina");
    expect(readIndex()).toContain("gmail");
    const check = (table: string) =>
      `INSERT INTO ${table}(${table}, rank) VALUES ('integrity-check', 1)`;
    const database = new Database(path);
    for (const table of ["people_parts", "people_words"]) database.run(check(table));
    database.close();
  });

  /** The text of the index of words, as the file holds it. */
  function readIndex(): string {
    const database = new Database(path);
    const rows = database.query("SELECT block FROM people_words_data").values();
    database.close();
    return rows.map(([block]) => Buffer.from(block as Uint8Array).toString("latin1")).join();
  }

  test("survives VACUUM, which renumbers rows", async () => {
    const gone = await add("Grace");
    await add("Ada");
    await store.deletePerson(actOn(gone), auditAt(2000));
    const database = new Database(path);
    database.run("VACUUM");
    database.close();
    expect(await find({ search: "ada" })).toEqual(["Ada"]);
  });
});

describe("the list of people", () => {
  test("filters by status and role, with and without a search", async () => {
    const [ada, grace, chen] = [await add("Ada"), await add("Grace"), await add("Chen")];
    await store.disable(actOn(chen), auditAt(2000));
    await store.addAdmin(actOn(grace), auditAt(2000));
    const configuredAdmins = new Set(["someone@gmail.com"]);
    await add("Zoe", "someone@gmail.com");
    await add("Zora", "someone@orbit.example");
    expect(await find({ filter: "disabled" })).toEqual(["Chen"]);
    expect(await find({ filter: "active" })).toEqual(["Ada", "Grace", "Zoe", "Zora"]);
    expect(await find({ filter: "admins", configuredAdmins })).toEqual(["Grace", "Zoe"]);
    expect(await find({ search: "gmail", filter: "admins", configuredAdmins })).toEqual(["Zoe"]);
    expect(await find({ search: "orbit", filter: "admins", configuredAdmins })).toEqual(["Grace"]);
    expect(await find({ search: "orbit", filter: "disabled" })).toEqual(["Chen"]);
    expect(await find({ search: "ch", filter: "active" })).toEqual([]);
    expect((await list({ configuredAdmins })).counts).toEqual({
      all: 5,
      active: 4,
      admins: 2,
      disabled: 1,
    });
    await store.enable(actOn(chen), auditAt(2000));
    expect(await find({ search: "orbit", filter: "disabled" })).toEqual([]);
    expect(await find({ search: "ch", filter: "active" })).toEqual(["Chen"]);
    await store.deletePerson(actOn(ada), auditAt(2000));
    expect((await list({ configuredAdmins })).counts?.all).toBe(4);
    expect((await list({ search: "orbit" })).counts).toBeNull();
  });

  test("takes the last page when there are not as many people", async () => {
    for (let number = 0; number < 25; number += 1) await add(`Zoe ${number}`);
    const rows: [search: string, skip: number, skipped: number, people: number][] = [
      ["", 20, 20, 5],
      ["", 30, 20, 5],
      ["zoe", 990, 20, 5],
      ["nobody", 10, 0, 0],
    ];
    for (const [search, skip, skipped, people] of rows) {
      const found = await list({ search, skip, limit: 10 });
      expect([found.skipped, found.people.length]).toEqual([skipped, people]);
    }
    expect(await list({ filter: "admins", skip: 10, limit: 10 })).toMatchObject({ skipped: 0 });
  });

  test("sorts both ways, and shows each person once over its pages", async () => {
    for (let number = 0; number < 25; number += 1) {
      await add(`${number % 2 ? "zoe" : "Zoe"} ${number % 7}`, `z${number}@gmail.com`);
    }
    for (const order of ["name", "email", "created", "signed_in"] as const) {
      for (const search of ["", "zoe", "z"]) {
        const read = async (isReversed: boolean) => {
          const pages = [0, 10, 20].map((skip) =>
            list({ search, order, isReversed, skip, limit: 10 }),
          );
          return (await Promise.all(pages)).flatMap((page) => page.people.map(({ id }) => id));
        };
        const [there, back] = [await read(false), await read(true)];
        expect(new Set(there).size).toBe(25);
        expect(back).toEqual(there.toReversed());
      }
    }
  });
});
