import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";

import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { startSweeper } from "../../src/sweeper.ts";
import { ADA, createClock, createFoyer, type Foyer } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** How often a commit is waited for. */
let commits = 0;

function openCounted(path: string): Database {
  const database = openDatabaseFile(path);
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string, ...params: never[]) => {
    const statement = prepare(sql, ...params);
    if (sql !== "COMMIT") return statement;
    const run = statement.run.bind(statement) as () => unknown;
    return Object.assign(statement, { run: () => ((commits += 1), run()) });
  }) as Database["prepare"];
  return database;
}

/** Signs Ada in, lets `ms` pass, and says how often her next look at a page is committed. */
async function commitsOf(look: (visitor: Visitor) => Promise<unknown>): Promise<number> {
  const before = commits;
  await look(ada);
  return commits - before;
}

let ada: Visitor;
async function signIn(): Promise<Foyer> {
  const store = openSqlite(":memory:", { ...MACHINE, openFile: openCounted });
  const foyer = await createFoyer({ SESSION_MAX_AGE: "600" }, { store, clock: createClock() });
  ada = foyer.visitor();
  await ada.signIn(ADA);
  return foyer;
}

const look = (visitor: Visitor) => visitor.fragment("/htmx/content.secret1");

describe("a request commits", () => {
  test("nothing when there is nothing to write", async () => {
    await signIn();
    expect(await commitsOf(look)).toBe(0);
  });

  test("nothing when activity is due", async () => {
    const { clock } = await signIn();
    clock.pass(100_000);
    expect(await commitsOf(look)).toBe(0);
  });

  test("once when activity and the next token are due", async () => {
    const { clock, store } = await signIn();
    clock.pass(400_000);
    expect(await commitsOf(look)).toBe(1);
    // The activity was in it.
    expect(await commitsOf(() => store.writeActivity())).toBe(0);
  });

  test("once when a next token is used for the first time, with activity", async () => {
    const { clock, store } = await signIn();
    clock.pass(400_000);
    await look(ada);
    clock.pass(100_000);
    expect(await commitsOf(look)).toBe(1);
    expect(await commitsOf(() => store.writeActivity())).toBe(0);
  });

  test("once for many that come together", async () => {
    const { clock } = await signIn();
    clock.pass(400_000);
    const others = Array.from({ length: 5 }, () => ada.clone());
    expect(await commitsOf(() => Promise.all(others.map(look)))).toBe(1);
  });
});

describe("the timer writes activity", () => {
  const TIMES: [maxAge: string, ms: number][] = [
    ["600", 5000],
    ["60", 3000],
    ["1", 50],
  ];
  for (const [maxAge, ms] of TIMES) {
    test(`with SESSION_MAX_AGE=${maxAge} every ${ms} milliseconds`, async () => {
      const { deps } = await createFoyer({ SESSION_MAX_AGE: maxAge });
      const timers: number[] = [];
      const every = (after: number) => (timers.push(after), () => {});
      startSweeper({ ...deps, every, measureClock: async () => 0 });
      expect(timers).toContain(ms);
    });
  }

  test("and says once that it cannot", async () => {
    const { deps, logLines } = await createFoyer();
    const timers = new Map<number, () => void>();
    const every = (ms: number, act: () => void) => (timers.set(ms, act), () => {});
    let isBroken = true;
    const writeActivity = async () => {
      if (isBroken) throw new Error("disk full");
    };
    const store = { ...deps.store, writeActivity };
    startSweeper({ ...deps, store, every, measureClock: async () => 0 });
    const write = async () => {
      timers.get(5000)?.();
      await new Promise(setImmediate);
    };
    const lines = () => logLines.filter((line) => line.includes("activity_not_written")).length;
    await write();
    await write();
    expect(lines()).toBe(1);
    isBroken = false;
    await write();
    isBroken = true;
    await write();
    expect(lines()).toBe(2);
  });
});
