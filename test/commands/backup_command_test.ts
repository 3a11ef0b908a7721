import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { verifyFile } from "../../db/sqlite/verify_file.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Terminal } from "../../src/process/terminal.ts";
import { NEWEST_FILE, unpackOldFile } from "../db/sqlite/old_files.ts";
import { runInProcess } from "./run_in_process.ts";

let folder = "";
let env: Record<string, string> = {};
const at = (...names: string[]) => join(folder, ...names);

/** How many events the file has, and when its last good backup was. */
let events = 0;
let lastAt: number | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "foyer-backup-"));
  env = { DATABASE_URL: `file:${at("foyer.db")}` };
  unpackOldFile(NEWEST_FILE, at("foyer.db"));
  const store = openSqlite(at("foyer.db"), MACHINE);
  const verdict = await store.verifyAudit();
  events = verdict.isWhole ? verdict.events : 0;
  lastAt = await store.findLastBackup();
  store.close();
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `foyer backup`; returns its output, or the name and message of its error. */
const backup = (args: string[], terminal: Partial<Terminal> = {}) =>
  runInProcess(["backup", ...args], env, terminal).catch(String);

async function lastBackup(): Promise<number | null> {
  const store = openSqlite(at("foyer.db"), MACHINE);
  const found = await store.findLastBackup();
  store.close();
  return found;
}

describe("foyer backup FILE", () => {
  test("makes a whole file that only its owner reads, and the database knows of it", async () => {
    const steps: string[] = [];
    const showProgress = (text: string) => void steps.push(text);
    const output = await backup([at("b.db"), "--json"], { showProgress });
    const found: Record<string, unknown> = JSON.parse(output);
    expect(found).toMatchObject({ file: at("b.db"), events, deleted: [] });
    expect(readdirSync(folder).toSorted()).toEqual(["b.db", "foyer.db"]);
    expect(statSync(at("b.db"))).toMatchObject({ size: found.bytes });
    expect(statSync(at("b.db")).mode & 0o777).toBe(0o600);
    expect(await lastBackup()).toBe(Number(found.at));
    // In the backup, it is the backup's own time.
    const { audit, lastBackup: own } = await verifyFile(at("b.db"), MACHINE.random);
    expect(audit).toMatchObject({ events, head: found.head });
    expect(own).toBe(Number(found.at));
    expect(readdirSync(folder).toSorted()).toEqual(["b.db", "foyer.db"]);
    expect(steps.at(0)).toContain("Copies");
    expect(steps.at(-1)).toBe("");
    expect(await backup([at("c.db")])).toStartWith(`The backup ${at("c.db")} is good: `);
  });

  test("deletes the copies from before an upgrade, once it is good", async () => {
    const copy = at("foyer.db.before-0004_people_search");
    for (const path of [copy, `${copy}.part`]) writeFileSync(path, "old");
    for (const other of [at("foyer.db.before-me"), at("other.db.before-0004_people_search")]) {
      writeFileSync(other, "not ours");
    }
    await backup([at("foyer.db")]);
    expect(existsSync(copy)).toBe(true);
    expect(await backup([at("b.db")])).toContain(
      `Deleted the copy from before the last upgrade, ${copy}.`,
    );
    expect(
      readdirSync(folder)
        .filter((name) => name.includes("before"))
        .toSorted(),
    ).toEqual(["foyer.db.before-me", "other.db.before-0004_people_search"]);
  });

  const TARGETS: [what: string, argument: () => string, reason: string, make?: () => void][] = [
    ["the database itself", () => at("foyer.db"), "foyer.db is there already. No file is replaced"],
    ["its log", () => at("foyer.db-wal"), "foyer.db-wal belongs to the database file"],
    [
      "its log, by a link to the folder",
      () => at("way", "foyer.db-shm"),
      "belongs to the database file",
      () => symlinkSync(folder, at("way")),
    ],
    [
      "its log, where the database is a link",
      () => at("real.db-wal"),
      "belongs to the database file",
      () => {
        renameSync(at("foyer.db"), at("real.db"));
        symlinkSync("real.db", at("foyer.db"));
      },
    ],
    [
      "a link that leads nowhere",
      () => at("l"),
      "is there already",
      () => symlinkSync("x", at("l")),
    ],
    ["a missing folder", () => at("no", "b.db"), "/no does not exist"],
    ["below a file", () => at("foyer.db", "b.db"), "ENOTDIR"],
    ["a folder that nobody may write to", () => "/sys/b.db", "No backup /sys/b.db was made: "],
    ["no file", () => ":memory:", ":memory: is not a path"],
    ["the form of DATABASE_URL", () => `file:${at("b.db")}`, "is not a path"],
    [
      "a place beside another's log",
      () => at("b.db"),
      "b.db-wal is there, which SQLite would take for a part of",
      () => writeFileSync(at("b.db-wal"), ""),
    ],
    [
      "what a killed backup has left",
      () => at("b.db"),
      "b.db.part is there: another command writes it, or was killed",
      () => writeFileSync(at("b.db.part"), ""),
    ],
  ];
  for (const [what, argument, reason, make] of TARGETS) {
    test(`refuses ${what}, and changes nothing`, async () => {
      make?.();
      const before = readdirSync(folder);
      const bytes = readFileSync(at("foyer.db"));
      const refusal = await backup([argument()]);
      expect(refusal).toStartWith("CommandError: ");
      expect(refusal).toContain(reason);
      expect(readdirSync(folder)).toEqual(before);
      expect(readFileSync(at("foyer.db")).equals(bytes)).toBe(true);
    });
  }

  test("takes any name that a file may have", async () => {
    for (const name of ["a b?c#d%25'\"é.db", "-rf", "\u001b[31m.db", "x".repeat(200)]) {
      const output = await backup(["--", at(name)]);
      expect(output).toContain(" is good: ");
      expect(output).not.toContain("\u001b");
      await verifyFile(at(name), MACHINE.random);
    }
    expect(await backup([at("x".repeat(254))])).toContain("ENAMETOOLONG");
  });

  const SOURCES: [what: string, make: () => void, reason: string][] = [
    ["no file", () => rmSync(at("foyer.db")), "it does not exist"],
    ["an empty file", () => truncateSync(at("foyer.db")), "it is empty"],
    ["a text", () => writeFileSync(at("foyer.db"), "Dear diary"), "it is not an SQLite database"],
    ["half a file", () => truncateSync(at("foyer.db"), 65_536), "damaged (SQLITE_CORRUPT)"],
    [
      "a file that an upgrade waits for",
      () => unpackOldFile("v16_google_accounts", at("foyer.db")),
      "it lacks the migration 0006_file_marks. Back it up with the version that it was written by",
    ],
    [
      "a forged audit log",
      () => change("UPDATE audit_events SET kind = 'enabled' WHERE seq = 2"),
      "a copy of it is not good: its audit log is damaged. Event 2 was changed.",
    ],
    [
      "a table that was changed by hand",
      () => change("ALTER TABLE users ADD nickname TEXT"),
      "its table users does not match this version of Foyer",
    ],
  ];
  for (const [what, make, reason] of SOURCES) {
    test(`does not count ${what} as a good backup, and leaves nothing`, async () => {
      make();
      const before = readdirSync(folder);
      const refusal = await backup([at("b.db")]);
      expect(refusal).toContain(at("foyer.db"));
      expect(refusal).toContain(reason);
      expect(readdirSync(folder)).toEqual(before);
      if (what.startsWith("a forged")) expect(await lastBackup()).toBe(lastAt);
    });
  }

  function change(statement: string): void {
    const database = new Database(at("foyer.db"));
    database.run(statement);
    database.close();
  }

  test("that is interrupted leaves nothing", async () => {
    const stopped = new AbortController();
    const showProgress = (text: string) => text.startsWith("Opens") && stopped.abort();
    const finishing: Terminal["finishing"] = (act) => act(stopped.signal);
    expect(await backup([at("b.db")], { finishing, showProgress })).toBe(
      "CommandError: Interrupted: no backup was made",
    );
    expect(readdirSync(folder)).toEqual(["foyer.db"]);
    expect(await lastBackup()).toBe(lastAt);
  });

  test("says that a database in memory has no file", async () => {
    env.DATABASE_URL = ":memory:";
    expect(await backup([at("b.db")])).toContain("so there is no database file");
  });

  for (const args of [
    [],
    ["a", "b"],
    ["a", "--keep", "0"],
    ["a", "--keep", "1e3"],
    ["a", "--all"],
  ]) {
    test(`shows the usage for: ${JSON.stringify(args)}`, async () => {
      expect(await backup(args)).toContain("Usage: foyer backup FILE|FOLDER [--keep N]");
      expect(readdirSync(folder)).toEqual(["foyer.db"]);
    });
  }
});

describe("foyer backup FOLDER --keep", () => {
  test("keeps the newest ones, and touches nothing that is not a backup of Foyer's", async () => {
    mkdirSync(at("d"));
    await backup([at("old.db")]);
    const old = readFileSync(at("old.db"));
    const name = (day: number) => `foyer-2026-01-0${day}T00-00-00Z.db`;
    for (const day of [1, 2, 3]) writeFileSync(at("d", name(day)), old);
    const others = ["foyer-2026.db", "notes.txt", `${name(7)}.part`, name(8), name(9)];
    for (const other of others) writeFileSync(at("d", other), "mine");
    symlinkSync("../old.db", at("d", name(4)));
    const killed = ["part", "part-journal"].map((end) => at("d", `${name(6)}.${end}`));
    for (const path of killed) {
      writeFileSync(path, "half");
      utimesSync(path, 0, 0);
    }
    const found = JSON.parse(await backup([at("d"), "--keep", "2", "--json"]));
    expect(found.deleted).toEqual([at("d", name(1)), at("d", name(2)), ...killed]);
    const left = [name(3), name(4), ...others, found.file.slice(at("d").length + 1)];
    expect(readdirSync(at("d")).toSorted()).toEqual(left.toSorted());
    expect(found.file).toMatch(/\/foyer-20\d\d-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/);
  });

  test("keeps the new one, even if the clock was set back", async () => {
    mkdirSync(at("d"));
    await backup([at("old.db")]);
    const future = at("d", "foyer-2999-01-01T00-00-00Z.db");
    writeFileSync(future, readFileSync(at("old.db")));
    const { file, deleted } = JSON.parse(await backup([at("d"), "--keep", "1", "--json"]));
    expect(existsSync(file)).toBe(true);
    expect(deleted).toEqual([future]);
  });

  test("says that it is good where an older one cannot be deleted", async () => {
    // Not even root deletes a folder as if it were a file.
    mkdirSync(at("foyer.db.before-0004_people_search"));
    const output = await backup([at("b.db")]);
    expect(output).toContain("b.db is good, but ");
    expect(output).toContain("before-0004_people_search could not be deleted: ");
    expect(await lastBackup()).not.toBe(lastAt);
  });

  test("deletes nothing if the new one is not good, and needs a folder", async () => {
    mkdirSync(at("d"));
    const kept = "foyer-2026-01-01T00-00-00Z.db";
    await backup([at("d", kept)]);
    truncateSync(at("foyer.db"), 65_536);
    expect(await backup([at("d"), "--keep", "1"])).toContain("damaged");
    expect(readdirSync(at("d"))).toEqual([kept]);
    expect(await backup([at("x.db"), "--keep", "1"])).toContain("--keep needs a folder");
  });
});
