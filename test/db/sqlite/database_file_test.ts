import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readMigrations } from "../../../db/read_migrations.ts";
import { DatabaseFileError } from "../../../db/sqlite/check_file.ts";
import { APPLICATION_ID } from "../../../db/sqlite/marks.ts";
import { NEWEST_VERSION } from "../../../db/sqlite/migrate.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";

let folder = "";
const file = () => join(folder, "foyer.db");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-db-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusalOf(path: string): string {
  try {
    openSqlite(path, MACHINE).close();
  } catch (error) {
    if (error instanceof DatabaseFileError) return error.message;
    throw error;
  }
  return "not refused";
}

/** Every file in the folder with its content. */
function snapshot(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) =>
    e.isFile(),
  );
  return Object.fromEntries(
    names.map((e) => [e.name, readFileSync(join(e.parentPath, e.name), "base64")]),
  );
}

function change(statement: string): void {
  const database = new Database(file());
  database.run(statement);
  database.close();
}

describe("openSqlite", () => {
  test("creates a file and opens it again", () => {
    openSqlite(file(), MACHINE).close();
    const database = new Database(file());
    expect(database.query("PRAGMA user_version").get()).toEqual({ user_version: NEWEST_VERSION });
    expect(database.query("PRAGMA application_id").get()).toEqual({
      application_id: APPLICATION_ID,
    });
    database.close();
    const before = snapshot();
    openSqlite(file(), MACHINE).close();
    expect(Object.keys(snapshot())).toEqual(Object.keys(before));
  });

  test("treats an empty file as new", async () => {
    writeFileSync(file(), "");
    const store = openSqlite(file(), MACHINE);
    await store.ping();
    store.close();
  });

  test("can open a file twice", async () => {
    const stores = [openSqlite(file(), MACHINE), openSqlite(file(), MACHINE)];
    await Promise.all(stores.map((store) => store.ping()));
    for (const store of stores) store.close();
  });

  const BAD: [what: string, make: () => void, reason: string][] = [
    ["text", () => writeFileSync(file(), "Dear diary,\n".repeat(50)), "not an SQLite database"],
    ["a few bytes", () => writeFileSync(file(), "SQLite"), "not an SQLite database"],
    ["a header and nothing else", () => writeFileSync(file(), "SQLite format 3\0"), ""],
    [
      "random bytes",
      () => writeFileSync(file(), crypto.getRandomValues(new Uint8Array(8192))),
      "SQLite",
    ],
    ["a folder", () => mkdirSync(file()), "not a file"],
    [
      "another program's database",
      () => change("CREATE TABLE notes (text TEXT)"),
      "belongs to another program",
    ],
    [
      "a newer Foyer's database",
      () => {
        openSqlite(file(), MACHINE).close();
        change(`PRAGMA user_version = ${NEWEST_VERSION + 1}`);
      },
      "newer version of Foyer",
    ],
    [
      "a database with a changed migration",
      () => {
        openSqlite(file(), MACHINE).close();
        change("UPDATE migrations SET hash = 'other' WHERE name = '0001_select_by'");
      },
      "the migration 0001_select_by was changed after it was applied",
    ],
    [
      "a database with an unknown migration",
      () => {
        openSqlite(file(), MACHINE).close();
        change("INSERT INTO migrations (\"set\", name, hash) VALUES ('foyer', '0099_garden', '')");
      },
      "this version does not have its migration 0099_garden",
    ],
    [
      "a database with a gap in its migrations",
      () => {
        openSqlite(file(), MACHINE).close();
        change("DELETE FROM migrations WHERE name = '0001_select_by'");
      },
      "the migration 0001_select_by comes before 0002_account_and_record, which is already applied",
    ],
    [
      "a database with a migration of another application",
      () => {
        openSqlite(file(), MACHINE).close();
        change("INSERT INTO migrations (\"set\", name, hash) VALUES ('app', '0009_garden', '')");
      },
      "this version does not have its migration 0009_garden",
    ],
    [
      "a database whose tables lack a column",
      () => {
        openSqlite(file(), MACHINE).close();
        change("ALTER TABLE users DROP COLUMN google_status_at");
      },
      "its tables do not match this version of Foyer: ",
    ],
    [
      "a database marked read-only",
      () => {
        openSqlite(file(), MACHINE).close();
        chmodSync(file(), 0o444);
      },
      "read-only",
    ],
  ];
  for (const [what, make, reason] of BAD) {
    test(`refuses ${what}, and leaves it untouched`, () => {
      make();
      const before = snapshot();
      const refusal = refusalOf(file());
      expect(refusal).toContain(file());
      expect(refusal).toContain(reason);
      expect(snapshot()).toEqual(before);
    });
  }

  test("refuses a newer Foyer's database whose version is still in the write-ahead log", () => {
    openSqlite(file(), MACHINE).close();
    const database = new Database(file());
    database.run("PRAGMA journal_mode = WAL");
    database.run(`PRAGMA user_version = ${NEWEST_VERSION + 1}`);
    expect(refusalOf(file())).toContain("newer version of Foyer");
    expect(database.query("PRAGMA user_version").get()).toEqual({
      user_version: NEWEST_VERSION + 1,
    });
    database.close();
  });

  test("refuses another program's database whose tables are still in the write-ahead log", () => {
    const other = new Database(file());
    other.run("PRAGMA journal_mode = WAL");
    other.run("CREATE TABLE notes (text TEXT)");
    expect(refusalOf(file())).toContain("belongs to another program");
    const tables = other.query("SELECT name FROM sqlite_master").values();
    expect(tables).toEqual([["notes"]]);
    expect(other.query("PRAGMA application_id").values()).toEqual([[0]]);
    other.close();
  });

  for (const mark of ["user_version = 1", "application_id = 7"]) {
    test(`refuses an empty database that is marked by another program: ${mark}`, () => {
      change(`PRAGMA ${mark}`);
      expect(refusalOf(file())).toContain("belongs to another program");
    });
  }

  test("lets many processes create the same file at once", async () => {
    const script = `
      import { openSqlite } from ${JSON.stringify(join(import.meta.dir, "../../../db/sqlite/open_sqlite.ts"))};
      import { MACHINE } from ${JSON.stringify(join(import.meta.dir, "../../../src/machine.ts"))};
      for (let i = 0; i < 20; i++) openSqlite(${JSON.stringify(folder)} + "/" + i + ".db", MACHINE).close();
    `;
    const processes = Array.from({ length: 4 }, () => Bun.spawn([process.execPath, "-e", script]));
    expect(await Promise.all(processes.map((one) => one.exited))).toEqual([0, 0, 0, 0]);
  }, 30_000);

  test("opens an early file that only counted its migrations, and makes its people searchable", async () => {
    createEarlyFile(file());
    const store = openSqlite(file(), MACHINE);
    const query = {
      filter: "active",
      order: "name",
      isReversed: false,
      skip: 0,
      limit: 9,
    } as const;
    const configuredAdmins = new Set<string>();
    const found = await store.listPeople({ ...query, search: "bjorn", configuredAdmins });
    expect(found.people.map(({ name }) => name)).toEqual(["Björn"]);
    const [invitation] = await store.listInvitations(Date.now() + 29 * 86_400_000);
    expect(invitation?.email).toBe("ada@gmail.com");
    store.close();
    const database = new Database(file());
    const read = (set: string) =>
      database.query('SELECT name FROM migrations WHERE "set" = ? ORDER BY position').values(set);
    const names = (folderName: string) => readMigrations(folderName).map(({ name }) => name);
    expect(read("foyer").flat()).toEqual(names("sqlite/migrations"));
    // An application that has no such table ignores what early files had of it.
    expect(read("app").flat()).toEqual(names("app_migrations"));
    database.close();
  });

  /** A file as an early version left it, with a person and an invitation. */
  function createEarlyFile(path: string): void {
    const database = new Database(path);
    const early = [
      ...readMigrations("sqlite/migrations").slice(0, 3),
      ...readMigrations("app_migrations"),
    ];
    for (const { statements } of early) for (const sql of statements) database.run(sql);
    database.run(
      "INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at) VALUES ('1', '1', 'b@gmail.com', 1, 'Björn', 1, 1)",
    );
    database.run("INSERT INTO invitations (email, invited_at) VALUES ('ada@gmail.com', 1)");
    database.run("PRAGMA application_id = 0x466f7972");
    database.run("PRAGMA user_version = 4");
    database.close();
  }

  test("reports the system error for a path that it cannot read", () => {
    symlinkSync("loop.db", join(folder, "loop.db"));
    expect(refusalOf(join(folder, "loop.db"))).toContain("ELOOP");
    expect(refusalOf(join(folder, "x".repeat(300)))).toContain("ENAMETOOLONG");
  });

  test("names the missing folder", () => {
    expect(refusalOf(join(folder, "no", "foyer.db"))).toContain(
      `the folder ${join(folder, "no")} does not exist`,
    );
  });
});
