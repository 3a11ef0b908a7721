import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { NEWEST_VERSION } from "../../db/sqlite/migrate.ts";
import type { Terminal } from "../../src/process/terminal.ts";
import { NEWEST_FILE, UNFIT_FILE, unpackOldFile } from "../db/sqlite/old_files.ts";
import { runInProcess } from "./run_in_process.ts";

let folder = "";
let env: Record<string, string> = {};
const at = (...names: string[]) => join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-restore-"));
  env = { DATABASE_URL: `file:${at("foyer.db")}` };
  unpackOldFile(NEWEST_FILE, at("b.db"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const restore = (args: string[], terminal: Partial<Terminal> = {}) =>
  runInProcess(["restore", ...args], env, terminal).catch(String);

/** Every file in the folder with its content. */
const files = () =>
  readdirSync(folder, { withFileTypes: true })
    .map((one) => [one.name, one.isFile() ? readFileSync(at(one.name), "base64") : ""])
    .toSorted();

function change(statement: string): void {
  const database = new Database(at("b.db"));
  database.run(statement);
  database.close();
}

type Row = [what: string, make: () => void, reason: string];

const BACKUPS: Row[] = [
  ["a missing file", () => rmSync(at("b.db")), "it does not exist"],
  ["a link that leads nowhere", () => relink("nowhere"), "it does not exist"],
  ["a link to itself", () => relink("b.db"), "ELOOP"],
  ["a folder", () => (rmSync(at("b.db")), mkdirSync(at("b.db"))), "it is not a file"],
  ["an empty file", () => truncateSync(at("b.db")), "it is empty"],
  ["a text", () => writeFileSync(at("b.db"), "Dear diary"), "it is not an SQLite database"],
  ["a header", () => truncateSync(at("b.db"), 100), "damaged"],
  ["a file without its end", () => truncateSync(at("b.db"), 200_000), "damaged"],
  ["a file without its last page", () => truncateSync(at("b.db"), 241_664), "damaged"],
  [
    "another program's file",
    () => {
      rmSync(at("b.db"));
      change("CREATE TABLE notes (text TEXT)");
    },
    "it belongs to another program",
  ],
  [
    "a newer Foyer's file",
    () => change(`PRAGMA user_version = ${NEWEST_VERSION + 1}`),
    "it was written by a newer version of Foyer",
  ],
  [
    "tables of no version",
    () => unpackOldFile(UNFIT_FILE, at("b.db")),
    "the migration 0010_counters does not fit its tables",
  ],
  [
    "a table that lacks a column",
    () => change("ALTER TABLE users DROP COLUMN google_status_at"),
    "its table",
  ],
  [
    "a forged audit log",
    () => change("UPDATE audit_events SET kind = 'enabled' WHERE seq = 2"),
    "its audit log is damaged. Event 2 was changed.",
  ],
  [
    "a file with a page of noise",
    () => {
      const bytes = readFileSync(at("b.db"));
      writeFileSync(at("b.db"), bytes.fill(0xa5, 81_920, 86_016));
    },
    "damaged",
  ],
  [
    "a database in use",
    () => writeFileSync(at("b.db-wal"), "frames"),
    "it has a write-ahead log beside it. Make a backup of it: foyer backup",
  ],
];

function relink(to: string): void {
  rmSync(at("b.db"));
  symlinkSync(to, at("b.db"));
}

describe("foyer restore FILE", () => {
  for (const [what, make, reason] of BACKUPS) {
    test(`refuses ${what}, and leaves nothing`, async () => {
      make();
      const before = files();
      const refusal = await restore([at("b.db")]);
      expect(refusal).toStartWith(
        `DatabaseFileError: Foyer cannot use the database file ${at("b.db")}: `,
      );
      expect(refusal).toContain(reason);
      expect(refusal).not.toContain(".part");
      expect(files()).toEqual(before);
    });
  }

  test("follows a link, and takes any name that a file may have", async () => {
    for (const name of ["a b?c#d%25'\"é.db", "-rf"]) {
      symlinkSync("b.db", at(name));
      rmSync(at("foyer.db"), { force: true });
      expect(await restore(["--", at(name)])).toContain("and verified it.");
    }
  });

  const TARGETS: Row[] = [
    [
      "a file",
      () => unpackOldFile("v16_google_accounts", at("foyer.db")),
      "foyer.db is there already. No file is replaced",
    ],
    ["an empty file", () => writeFileSync(at("foyer.db"), ""), "foyer.db is there already"],
    ["the backup itself", () => (env.DATABASE_URL = `file:${at("b.db")}`), "b.db is there already"],
    ["a link", () => symlinkSync("nowhere", at("foyer.db")), "foyer.db is there already"],
    ["a folder", () => mkdirSync(at("foyer.db")), "foyer.db is there already"],
    [
      "the log of a Foyer that runs",
      () => writeFileSync(at("foyer.db-wal"), ""),
      "foyer.db-wal is there",
    ],
    ["its shared memory", () => writeFileSync(at("foyer.db-shm"), ""), "foyer.db-shm is there"],
    ["a journal", () => writeFileSync(at("foyer.db-journal"), ""), "foyer.db-journal is there"],
    ["another restore", () => writeFileSync(at("foyer.db.part"), ""), "foyer.db.part is there"],
    ["no folder", () => (env.DATABASE_URL = `file:${at("no", "f.db")}`), "/no does not exist"],
    ["no permission", () => (env.DATABASE_URL = "file:/sys/f.db"), "/sys/f.db was not restored: "],
    ["no file", () => (env.DATABASE_URL = ":memory:"), "so there is no database file"],
  ];
  for (const [what, make, reason] of TARGETS) {
    test(`writes nothing where there is ${what}`, async () => {
      make();
      const before = files();
      const refusal = await restore([at("b.db")]);
      expect(refusal).toStartWith("CommandError: ");
      expect(refusal).toContain(reason);
      expect(files()).toEqual(before);
    });
  }

  test("that is interrupted leaves nothing", async () => {
    const stopped = new AbortController();
    const showProgress = (text: string) => text.startsWith("Verifies") && stopped.abort();
    const finishing: Terminal["finishing"] = (act) => act(stopped.signal);
    const before = files();
    expect(await restore([at("b.db")], { finishing, showProgress })).toBe(
      "CommandError: Interrupted: nothing was restored",
    );
    expect(files()).toEqual(before);
  });

  for (const args of [[], ["a", "b"], ["a", "--compare"], ["a", "--force"]]) {
    test(`shows the usage for: ${JSON.stringify(args)}`, async () => {
      expect(await restore(args)).toContain("Usage: foyer restore FILE [--compare OLDFILE]");
    });
  }
});
