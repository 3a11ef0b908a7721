import { Database } from "bun:sqlite";
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { checkDatabase } from "../../src/commands/doctor/check_database.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const { uid } = userInfo();
const root = mkdtempSync(join(tmpdir(), "foyer-doctor-"));
afterAll(() => rmSync(root, { recursive: true }));

let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(root, "file-")), "foyer.db");
});

async function create({ backupAt }: { backupAt?: number } = {}): Promise<void> {
  const store = openSqlite(path, MACHINE);
  if (backupAt !== undefined) await store.recordBackup(backupAt, auditAt(backupAt));
  store.close();
  chmodSync(path, 0o600);
}

const check = (who = uid) =>
  checkDatabase(path, { now: NOW, uid: who }).map(
    ({ check: what, severity, text }) => `${severity} ${what}: ${text}`,
  );

function change(sql: string): void {
  const database = new Database(path);
  database.run(sql);
  database.close();
}

describe("the doctor, about the database,", () => {
  test("finds a file and its daily backup well, also while another process has it open", async () => {
    await create({ backupAt: NOW - 20 * HOUR_MS });
    const well = [
      `ok database: ${path} is whole`,
      "ok backup: The last good backup is 20 hours old",
    ];
    expect(check()).toEqual(well);
    const store = openSqlite(path, MACHINE);
    chmodSync(path, 0o600);
    expect(check()).toEqual(well);
    store.close();
  });

  test("wants a backup, and one a day", async () => {
    await create();
    expect(check()).toContain("warning backup: There is no backup");
    await create({ backupAt: NOW - 40 * HOUR_MS });
    expect(check()).toContain("warning backup: The last good backup is 40 hours old");
  });

  test("sees that others may read it", async () => {
    await create();
    chmodSync(path, 0o640);
    expect(check()).toContain(`problem database: Other users may open ${path} (mode 640)`);
  });

  test("does not open the file of another user, beside which it might leave files", async () => {
    await create();
    const before = readdirSync(join(path, ".."));
    const [finding, ...more] = check(uid + 1);
    expect(finding).toStartWith(`warning database: ${path} belongs to another user`);
    expect(more).toEqual([]);
    expect(readdirSync(join(path, ".."))).toEqual(before);
  });

  test("sees damage, a newer version, and another program's file", async () => {
    await create();
    change("PRAGMA user_version = 10000");
    expect(check()).toContain("problem database: A newer Foyer wrote the file");
    change("PRAGMA application_id = 7");
    expect(check()).toContain(`problem database: ${path} belongs to another program`);
    writeFileSync(
      path,
      "Dear diary, this is no database, but it is long enough to be one.".repeat(99),
    );
    expect(check().join()).toContain(`problem database: ${path}: it is damaged (SQLITE_NOTADB)`);
  });

  test("sees pages that are damaged", async () => {
    await create();
    const file = openSync(path, "r+");
    writeSync(file, Buffer.alloc(8192, 0x55), 0, 8192, 5 * 4096);
    closeSync(file);
    expect(check().join("\n")).toMatch(/^problem database: .*damaged/m);
  });

  test("finds a file well that the first start will create, but not without its folder", () => {
    expect(check()).toEqual([`ok database: ${path} is not there yet; the first start creates it`]);
    path = join(path, "no/foyer.db");
    expect(check()[0]).toStartWith(`problem database: ${path} is not there, and `);
  });

  test("warns of a database in memory", () => {
    path = ":memory:";
    expect(check()).toEqual(["warning database: It is in memory: a restart forgets everybody"]);
  });
});
