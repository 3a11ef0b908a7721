import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UNFIT_FILE, unpackOldFile } from "../db/sqlite/old_files.ts";
import { runInProcess } from "./run_in_process.ts";

let folder = "";
const path = () => join(folder, "foyer.db");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-migrate-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const migrate = (...args: string[]) =>
  runInProcess(["migrate", ...args], { DATABASE_URL: `file:${path()}` }).catch(String);

describe("foyer migrate", () => {
  test("says what it applied, and where the copy is, once", async () => {
    unpackOldFile("v15_people_search", path());
    expect(JSON.parse(await migrate("--json"))).toMatchObject({
      file: path(),
      applied: [
        "0005_google_accounts",
        "0006_file_marks",
        "0007_access_hash",
        "0008_bound_sessions",
        "0009_details_email",
        "0010_counters",
      ],
      copy: `${path()}.before-0005_google_accounts`,
    });
    expect(await migrate()).toBe(`The database file ${path()} was up to date.`);
    expect(JSON.parse(await migrate("--json"))).toMatchObject({ applied: [], copy: null });
  });

  test("says it in sentences, too", async () => {
    unpackOldFile("v16_google_accounts", path());
    expect((await migrate()).split("\n")).toEqual([
      "Applied 0006_file_marks.",
      "Applied 0007_access_hash.",
      "Applied 0008_bound_sessions.",
      "Applied 0009_details_email.",
      "Applied 0010_counters.",
      `The database file ${path()} is up to date.`,
      `What it was before is in ${path()}.before-0006_file_marks, until the next good backup.`,
    ]);
  });

  test("creates a missing file, without a copy", async () => {
    expect(await migrate()).toContain("Applied 0000_init.\n");
    expect(readdirSync(folder)).toEqual(["foyer.db"]);
  });

  test("refuses a file that does not fit, and what it does not know", async () => {
    unpackOldFile(UNFIT_FILE, path());
    expect(await migrate()).toContain("the migration 0010_counters does not fit its tables");
    expect(await migrate("now")).toContain("Usage: foyer migrate");
    const inMemory = runInProcess(["migrate"], { DATABASE_URL: ":memory:" });
    expect(await inMemory.catch(String)).toContain("there is no database file");
  });
});
