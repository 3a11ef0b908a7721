import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { NEWEST_FILE, unpackOldFile } from "../db/sqlite/old_files.ts";
import { FOYER, runShell } from "./source_process.ts";

let folder = "";
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-full-disk-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

// A file may have 200 blocks of 512 bytes: less than half of the database.
const ROWS: [what: string, database: string, args: () => string, refusal: string][] = [
  [
    "backup",
    "foyer.db",
    () => `backup ${at("b.db")}`,
    "b.db was made: reading or writing failed (",
  ],
  [
    "restore",
    "r.db",
    () => `restore ${at("foyer.db")}`,
    "r.db was not restored: reading or writing",
  ],
];
for (const [what, database, args, refusal] of ROWS) {
  test(`a ${what} that finds no room says so, and leaves nothing`, async () => {
    unpackOldFile(NEWEST_FILE, at("foyer.db"));
    const before = readFileSync(at("foyer.db"));
    const env = { DATABASE_URL: `file:${at(database)}` };
    const { exitCode, stdout, stderr } = await runShell(
      `ulimit -S -f 200; exec ${FOYER} ${args()}`,
      env,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(refusal);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(["foyer.db"]);
    expect(readFileSync(at("foyer.db")).equals(before)).toBe(true);
  });
}
