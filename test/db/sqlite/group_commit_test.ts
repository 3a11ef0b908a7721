import { Database } from "bun:sqlite";
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../../db/contract/app_store.ts";
import { DatabaseError } from "../../../db/contract/store.ts";
import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { peopleOf } from "../people_scene.ts";
import { attemptOf } from "../sign_ins.ts";

const AT_ONCE = auditAt(1000);
const CONTROL = /^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/;
const folder = mkdtempSync(join(tmpdir(), "foyer-group-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
let path = "";
/** What was said about transactions. */
let said: string[] = [];
let connection: Database;
/** What fails once, and how. */
let planted: { sql: string; code: string; rollsBack: boolean } | null = null;
beforeEach(() => {
  path = join(folder, `${(count += 1)}.db`);
  said = [];
  planted = null;
});

/** Opens a store that notes what it says about transactions. */
function open(): AppStore {
  return openSqlite(path, {
    ...MACHINE,
    openFile(at) {
      connection = openDatabaseFile(at);
      const prepare = connection.prepare.bind(connection);
      connection.prepare = ((sql: string, ...params: never[]) => {
        const statement = prepare(sql, ...params);
        if (!CONTROL.test(sql)) return statement;
        const run = statement.run.bind(statement) as () => unknown;
        return Object.assign(statement, {
          run() {
            said.push(sql);
            if (planted?.sql === sql) fail(planted);
            return run();
          },
        });
      }) as Database["prepare"];
      return connection;
    },
  });
}

function fail({ code, rollsBack }: NonNullable<typeof planted>): never {
  planted = null;
  if (rollsBack) connection.run("ROLLBACK");
  throw Object.assign(new Error("Planted"), { code });
}

/** So many sign-ins at the same moment, and what became of each: `true`, or the message of the failure. */
function signInTogether(store: AppStore, names: string[]): Promise<unknown[]> {
  const attempts = names.map((name) => store.signIn(attemptOf(name), AT_ONCE));
  return Promise.all(
    attempts.map((attempt) =>
      attempt.then(
        ({ signedIn }) => signedIn,
        (error: unknown) => (error instanceof DatabaseError ? error.message : error),
      ),
    ),
  );
}

/** Who is in the file, for another process. */
function peopleInFile(): unknown[] {
  using database = new Database(path, { readonly: true });
  return database.query("SELECT name FROM users ORDER BY name").values().flat();
}

describe("a group of acts", () => {
  test("is one transaction, each act a savepoint", async () => {
    const store = open();
    expect(await signInTogether(store, ["a", "b", "c"])).toEqual([true, true, true]);
    const act = ["SAVEPOINT act", "RELEASE act"];
    expect(said).toEqual(["BEGIN IMMEDIATE", ...act, ...act, ...act, "COMMIT"]);
    await store.close();
  });

  test("of one act needs no savepoint", async () => {
    const store = open();
    await signInTogether(store, ["a"]);
    expect(said).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
    await store.close();
  });

  test("is not too large, and reads have their turn before the next", async () => {
    const store = open();
    const names = Array.from({ length: 100 }, (_, index) => `member ${index}`);
    const seen: number[] = [];
    const all = signInTogether(store, names);
    for (let turn = 0; turn < 5; turn += 1) {
      seen.push((await peopleOf(store).list({})).count);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    expect(said.filter((sql) => sql === "COMMIT")).toHaveLength(4);
    // Never a part of a group.
    expect(seen).toEqual([0, 32, 64, 96, 100]);
    await store.close();
  });

  test("is answered behind the commit", async () => {
    const store = open();
    const seen: unknown[][] = [];
    const names = ["a", "b", "c"];
    await Promise.all(
      names.map(async (name) => {
        await store.signIn(attemptOf(name), AT_ONCE);
        seen.push(peopleInFile());
      }),
    );
    expect(seen).toEqual([names, names, names]);
    await store.close();
  });

  test("is committed when the store is closed, whoever waits", async () => {
    const store = open();
    const names = Array.from({ length: 40 }, (_, index) => `member ${10 + index}`);
    const answers = signInTogether(store, names);
    await store.close();
    expect(peopleInFile()).toEqual(names);
    expect(await answers).toEqual(names.map(() => true));
    expect(await signInTogether(store, ["late"])).toEqual([
      expect.stringContaining("SQLite failed"),
    ]);
  });
});

describe("a group fails as a whole, and the next one succeeds:", () => {
  /** Expects that all three fail, that nobody is there, and that the next group succeeds. */
  async function expectNothing(store: AppStore, { code, mend }: { code: string; mend(): void }) {
    const failure = `SQLite failed: ${code}`;
    expect(await signInTogether(store, ["a", "b", "c"])).toEqual([failure, failure, failure]);
    expect(peopleInFile()).toEqual([]);
    mend();
    expect(await signInTogether(store, ["a", "b", "c"])).toEqual([true, true, true]);
    expect(peopleInFile()).toEqual(["a", "b", "c"]);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 3 });
    await store.close();
  }

  test("another process holds the lock: they wait for it together, once", async () => {
    const store = open();
    using other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    const begun = performance.now();
    await expectNothing(store, {
      code: "SQLITE_BUSY",
      mend() {
        expect(performance.now() - begun).toBeLessThan(1200);
        other.run("ROLLBACK");
      },
    });
  });

  test("the file was moved", async () => {
    const store = open();
    renameSync(path, `${path}.away`);
    const failure = "SQLite failed: SQLITE_READONLY_DBMOVED";
    expect(await signInTogether(store, ["a", "b", "c"])).toEqual([failure, failure, failure]);
    renameSync(`${path}.away`, path);
    expect(await signInTogether(store, ["a", "b", "c"])).toEqual([true, true, true]);
    await store.close();
  });

  test("there is no room: SQLite rolls everything back by itself", async () => {
    const store = open();
    const [[pages]] = connection.query("PRAGMA page_count").values() as [[number]];
    connection.run(`PRAGMA max_page_count = ${pages}`);
    const names = Array.from({ length: 32 }, (_, index) => "n".repeat(1000) + index);
    const outcomes = await signInTogether(store, names);
    expect(new Set(outcomes)).toEqual(new Set(["SQLite failed: SQLITE_FULL"]));
    expect(peopleInFile()).toEqual([]);
    connection.run("PRAGMA max_page_count = 100000");
    expect(await signInTogether(store, names)).toEqual(names.map(() => true));
    await store.close();
  });

  test("a trigger of the application rolls back", async () => {
    const store = open();
    connection.run(
      "CREATE TEMP TRIGGER hostile AFTER INSERT ON main.users WHEN new.name = 'b' BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    );
    await expectNothing(store, {
      code: "SQLITE_CONSTRAINT_TRIGGER",
      mend: () => connection.run("DROP TRIGGER hostile"),
    });
  });

  for (const rollsBack of [false, true]) {
    for (const sql of ["SAVEPOINT act", "RELEASE act", "COMMIT"]) {
      if (sql === "RELEASE act" && !rollsBack) continue;
      test(`${sql} fails${rollsBack ? ", and everything is rolled back" : ""}`, async () => {
        const store = open();
        planted = { sql, code: "SQLITE_IOERR", rollsBack };
        await expectNothing(store, {
          code: "SQLITE_IOERR",
          mend: () => expect(connection.inTransaction).toBe(false),
        });
      });
    }
  }

  test("an act cannot be taken back", async () => {
    const store = open();
    await store.signIn(attemptOf("first"), AT_ONCE);
    planted = { sql: "ROLLBACK TO act", code: "SQLITE_IOERR", rollsBack: false };
    const acts = [
      store.signIn(attemptOf("a"), AT_ONCE),
      store.signIn(attemptOf("b", { tokenHash: "token of first" }), AT_ONCE),
    ];
    const outcomes = await Promise.allSettled(acts);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(peopleInFile()).toEqual(["first"]);
    expect((await store.signIn(attemptOf("a"), AT_ONCE)).signedIn).toBe(true);
    await store.close();
  });
});
