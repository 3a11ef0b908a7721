import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SQL } from "bun";

import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { runInProcess } from "../../commands/run_in_process.ts";
import { createClock } from "../../fixture.ts";
import { createMigratedDatabase } from "../../postgres/migrated.ts";
import { sharedPostgres } from "../../postgres/server.ts";
import { hasPostgres } from "../../programs.ts";
import { unpackOldFile } from "../sqlite/old_files.ts";
import { change, HAS_DEMONSTRATION, writeFullFile } from "./full_file.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-copy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const full = join(folder, "full.db");
const path = join(folder, "foyer.db");
let address = "";

const copy = (...args: string[]) =>
  runInProcess(["copy", "--from", `file:${path}`, ...args], { DATABASE_URL: address }).catch(
    String,
  );

/** How many people are in the target. */
async function countPeople(): Promise<number> {
  await using sql = new SQL(address, { max: 1 });
  const [row] = await sql`select count(*) from users`;
  return Number(row.count);
}

async function ask(statement: string): Promise<void> {
  await using sql = new SQL(address, { max: 1 });
  await sql.unsafe(statement);
}

describe.skipIf(!hasPostgres)("foyer copy refuses", () => {
  beforeAll(async () => {
    await sharedPostgres();
    await writeFullFile(full, { count: 3, clock: createClock() });
  }, 60_000);

  beforeEach(async () => {
    address = await createMigratedDatabase();
    copyFileSync(full, path);
  });

  /** Changes to the file, and what is said of them. */
  const VALUES: [what: string, sql: string, says: string][] = [
    [
      "U+0000 in a name",
      "UPDATE users SET name = 'A' || char(0) || 'da' WHERE id = 'user 2'",
      'users, id "user 2": name has the character U+0000',
    ],
    [
      "half a character",
      "UPDATE users SET name = CAST(x'41EDA08041' AS TEXT) WHERE id = 'user 1'",
      'users, id "user 1": name has bytes that are no UTF-8',
    ],
    [
      "bytes in the place of text",
      "UPDATE sessions SET network = x'00' WHERE id = 'session 1'",
      'sessions, id "session 1": network is no text',
    ],
    [
      "a broken number",
      "UPDATE used_nonces SET expires_at = 1.5 WHERE hash = 'nonce 1'",
      'used_nonces, hash "nonce 1": expires_at is no whole number',
    ],
    [
      "a flag that is neither",
      "UPDATE google_accounts SET is_disabled = 2 WHERE sub_hash = 'google 3'",
      "google_accounts, rowid 3: is_disabled is neither 0 nor 1",
    ],
    [
      "U+0000 in details",
      "UPDATE audit_details SET details = '{}' || char(0) WHERE seq = 2",
      "audit_details, rowid 2: details has the character U+0000",
    ],
  ];
  test.each(VALUES)("%s, and names the row", async (_, sql, says) => {
    change(path, sql);
    const said = await copy();
    expect(said).toContain("1 value cannot be copied");
    expect(said).toContain(`\n  ${says}`);
    expect(await countPeople()).toBe(0);
  });

  test("many such rows, and names the first", async () => {
    change(path, "UPDATE users SET name = char(0), email = char(0), sub = sub || char(0)");
    change(path, "UPDATE session_tokens SET hash = hash || char(0)");
    const said = await copy("--clean-names");
    expect(said).toContain("10 values cannot be copied");
    expect(said).toContain('users, id "user 1": sub has the character U+0000');
    expect(said).not.toContain('id "user 1": name');
  });

  test("no name that may be cleaned, and cleans nothing else", async () => {
    change(
      path,
      "UPDATE users SET name = 'A' || char(0) || CAST(x'ED' AS TEXT) WHERE id = 'user 2'",
      "UPDATE users SET name = 'A\uFFFD' WHERE id = 'user 3'",
    );
    expect(await copy("--clean-names")).toContain("Cleaned 1 names.");
    await using sql = new SQL(address, { max: 1 });
    const rows =
      await sql`select name from users where id in ('user 2', 'user 3') order by id`.values();
    expect(rows).toEqual([["A\uFFFD\uFFFD"], ["A\uFFFD"]]);
  });

  const ROW_OF_APPLICATION: (typeof TARGETS)[number] = [
    "a row of the application",
    "insert into customers values (1, '', '', '', '')",
    "customers",
  ];
  const TARGETS: [what: string, sql: string, says: string][] = [
    ["people", "insert into users select 'a', 'b', 'c', true, 'd', null, null, 1, 1", "users"],
    ["an invitation", "insert into invitations values ('a', 1, 1)", "invitations"],
    ["an event", "update audit_marks set seq = 1", "audit_marks"],
    [
      "an event that waits",
      "insert into audit_pending (at, kind, details_hash, salt, details) values (1, 'a', 'b', 'c', 'd')",
      "audit_pending",
    ],
    ...(HAS_DEMONSTRATION ? [ROW_OF_APPLICATION] : []),
  ];
  test.each(TARGETS)("a target that has %s", async (_, sql, table) => {
    await ask(sql);
    expect(await copy()).toEndWith(`it is not empty: its table ${table} has rows`);
    expect(await countPeople()).toBe(table === "users" ? 1 : 0);
  });

  test("a target whose tables somebody else works on", async () => {
    await using sql = new SQL(address, { max: 1 });
    await sql.begin(async (other) => {
      await other`insert into invitations values ('a', 1, 1)`;
      expect(await copy()).toContain("another transaction holds its tables");
    });
  });

  test("a target that keeps something else than what was written", async () => {
    await ask(`create function change() returns trigger language plpgsql as
      $$ begin new.count = new.count + 1; return new; end $$`);
    await ask(
      "create trigger change before insert on daily_counts for each row execute function change()",
    );
    expect(await copy()).toEndWith("its table daily_counts is not what the file has");
    expect(await countPeople()).toBe(0);
  });

  test("a file that is in use, however idle", async () => {
    const store = openSqlite(path, MACHINE);
    expect(await copy()).toContain("another process is using it. Stop Foyer first");
    await store.close();
    expect(await copy()).toContain("each read back and compared");
  });

  test("a file of an older version, and names the way", async () => {
    unpackOldFile("v16_google_accounts", path);
    const said = await copy();
    expect(said).toContain("it lacks the migration 0006_file_marks.");
    expect(said).toContain(`DATABASE_URL=file:${path} foyer migrate`);
  });

  const FILES: [what: string, write: () => void, says: string][] = [
    ["no file", () => rmSync(path), "it does not exist"],
    ["an empty file", () => writeFileSync(path, ""), "it is empty"],
    ["another file", () => writeFileSync(path, "x".repeat(9000)), "it is not an SQLite database"],
    ["a newer file", () => change(path, "PRAGMA user_version = 999"), "by a newer version"],
    [
      "a damaged file",
      () => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xff, 4096 * 3, 4096 * 6));
      },
      "it is damaged",
    ],
    [
      "a file with a stray reference",
      () => change(path, "PRAGMA foreign_keys = OFF", "DELETE FROM users WHERE id = 'user 1'"),
      "has a row that refers to a missing one",
    ],
  ];
  test.each(FILES)("%s", async (_, write, says) => {
    write();
    expect(await copy()).toContain(says);
  });

  test("names what it does not copy", async () => {
    change(
      path,
      "CREATE TABLE notes (text)",
      "CREATE TABLE bare (text)",
      "INSERT INTO notes VALUES (1)",
    );
    const said = await copy();
    expect(said).toContain("Not copied: the table notes, which db/tables.ts does not name.");
    expect(said).not.toContain("bare");
  });

  const ADDRESSES: [args: string[], env: Record<string, string>, says: string][] = [
    [["--from", ":memory:"], {}, "--from must be a SQLite file"],
    [["--from", "postgres://h/d"], {}, "--from must be a SQLite file"],
    [["--from", "foyer.db"], {}, "--from must be file:PATH"],
    [["--from", "file:a.db"], {}, "DATABASE_URL_FILE must be a PostgreSQL, not foyer.db"],
    [["--from", "file:a.db", "--to", "file:b.db"], {}, "--to must be a PostgreSQL, not b.db"],
    [["--from", "file:a.db", "--to", "postgres://u:s3cr3t@h/d"], {}, "--to has a password"],
    [["--from", "file:a.db", "--to", "pg://u:s3cr3t@h/d"], {}, "--to must be"],
    [["--from", "file:none.db", "--to", "postgres://u@h/d"], {}, "it does not exist"],
    [[], {}, "Usage: foyer copy"],
    [["--from", "file:a.db", "more"], {}, "Usage: foyer copy"],
  ];
  test.each(ADDRESSES)("%j", async (args, env, says) => {
    const said = await runInProcess(["copy", ...args], env).catch(String);
    expect(said).toContain(says);
    expect(said).not.toContain("s3cr3t");
  });

  test("an interruption in the middle, and leaves nothing", async () => {
    for (const step of ["Reads audit_events", "Writes audit_events", "Compares deletion_marks"]) {
      const stop = new AbortController();
      const said = await runInProcess(
        ["copy", "--from", `file:${path}`],
        { DATABASE_URL: address },
        {
          finishing: (act) => act(stop.signal),
          showProgress: (text) => text.startsWith(step) && stop.abort(),
        },
      ).catch(String);
      expect(said).toBe("CommandError: Interrupted: nothing was copied");
      expect(await countPeople()).toBe(0);
    }
    expect(await copy()).toContain("each read back and compared");
  });
});
