import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../../db/contract/app_store.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { actOn, peopleOf } from "../people_scene.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-people-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

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

describe("the search for people", () => {
  let path = "";
  let store: AppStore;
  let scene: ReturnType<typeof peopleOf>;

  beforeEach(() => {
    path = join(folder, `${crypto.randomUUID()}.db`);
    store = openSqlite(path, MACHINE);
    scene = peopleOf(store);
  });
  afterEach(() => store.close());

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
      const { add, find } = scene;
      for (const name of NAMES) await add(name);
      const names = await find({ search });
      expect(names.toSorted()).toEqual(found.toSorted());
    });
  }

  test("finds any part of an address", async () => {
    const { add, find } = scene;
    await add("Ada", "ada.lovelace@gmail.com");
    await add("Chen", "chen@a-very-long-domain.example");
    expect(await find({ search: "lovelace@" })).toEqual(["Ada"]);
    expect(await find({ search: "long-domain" })).toEqual(["Chen"]);
    expect(await find({ search: "ex" })).toEqual(["Chen"]);
  });

  test("everybody, for spaces alone", async () => {
    const { add, list } = scene;
    await add("Ada");
    expect(await list({ search: "  " })).toMatchObject({ count: 1, isCut: false });
  });

  test("follows a changed name, and forgets the old one", async () => {
    const { add, find } = scene;
    await add("Ada Byron", "ada@gmail.com");
    await add("Ada Lovelace", "ada@gmail.com");
    expect(await find({ search: "byron" })).toEqual([]);
    expect(await find({ search: "lovelace" })).toEqual(["Ada Lovelace"]);
    expect(await find({ search: "by" })).toEqual([]);
  });

  test("takes at most 1,000 matches, and says so", async () => {
    const { add, list } = scene;
    for (let number = 0; number < 1001; number += 1) await add(`Person ${number}`);
    const found = await list({ search: "person", skip: 990 });
    expect(found).toMatchObject({ count: 1000, isCut: true });
    expect(found.people).toHaveLength(10);
    expect(await list({ search: "person 1" })).toMatchObject({ count: 112, isCut: false });
    expect(await list({})).toMatchObject({ count: 1001, isCut: false });
  }, 20_000);

  test("leaves nothing of a deleted person in its indexes", async () => {
    const { add, find } = scene;
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
    const { add, find } = scene;
    const gone = await add("Grace");
    await add("Ada");
    await store.deletePerson(actOn(gone), auditAt(2000));
    const database = new Database(path);
    database.run("VACUUM");
    database.close();
    expect(await find({ search: "ada" })).toEqual(["Ada"]);
  });
});
