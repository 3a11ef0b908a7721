import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SignIn } from "../../../db/contract/store.ts";
import { openAndMigrate } from "../../../db/sqlite/database_file.ts";
import { NEWEST_VERSION, requireFit } from "../../../db/sqlite/migrate.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";
import { readCounted } from "../miscount.ts";
import { rawSqlAt } from "../raw_sql.ts";
import { OLD_FILES, UNFIT_FILE, unpackOldFile, versionOf } from "./old_files.ts";

let folder = "";
const path = () => join(folder, "foyer.db");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-upgrade-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copies = () => readdirSync(folder).filter((name) => name.includes(".before-"));

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return "not refused";
}

/** The address of a file of db/sqlite, as a literal. */
const moduleText = (name: string) =>
  JSON.stringify(join(import.meta.dir, "../../../db/sqlite", name));

/** Runs a statement on the closed file. */
function change(statement: string): void {
  const database = new Database(path());
  database.run(statement);
  database.close();
}

const AGAIN: SignIn = {
  identity: {
    sub: "sub-ada",
    email: "ada@gmail.com",
    name: "Ada",
    picture: null,
    hostedDomain: null,
  },
  method: "btn",
  tokenHash: "token-new",
  accessHash: null,
  bindingSecret: null,
  authenticatedAt: null,
  amr: null,
  previousTokenHash: null,
  tokenIssuedAt: Date.UTC(2099, 0, 1),
  nonceHash: "nonce-ada",
  nonceKeptUntil: Date.UTC(2101, 0, 1),
  expiresAt: Date.UTC(2101, 0, 1),
  idleEndsAt: Date.UTC(2101, 0, 1),
  invitation: "not_needed",
};

describe("a file of", () => {
  for (const name of OLD_FILES.filter((one) => one !== UNFIT_FILE)) {
    const version = versionOf(name);

    test(`${name} is upgraded, and everything in it lives on`, async () => {
      unpackOldFile(name, path());
      const people = new Database(path(), { readonly: true }).query("SELECT * FROM users").all();
      const store = openSqlite(path(), MACHINE);
      const session = await store.findSession("token-ada");
      expect(session?.user).toMatchObject({ name: "Ada Lovelace", email: "ada@gmail.com" });
      expect(session?.user.adminSince).toEqual(version < 4 ? null : expect.any(Number));
      expect(await store.findSession("token-edsger")).toBeNull();
      const [grace] = await store.findPeopleByEmail("grace@gmail.com");
      expect(grace?.disabledAt).toBeGreaterThan(0);
      const [katherine] = await store.findPeopleByEmail("katherine@gmail.com");
      if (version >= 4) expect(katherine?.googleDisabledAt).toBeGreaterThan(0);
      const invitations = await store.listInvitations(Date.UTC(2026, 10, 23));
      expect(invitations.map(({ email }) => email)).toEqual(
        version < 4 ? [] : ["margaret@gmail.com"],
      );
      const used = await store.signIn(AGAIN, auditAt(MACHINE.now()));
      expect(used).toMatchObject({ signedIn: false, code: "nonce_reused" });
      await store.signIn({ ...AGAIN, nonceHash: "new" }, auditAt(MACHINE.now()));
      const verdict = await store.verifyAudit();
      expect(verdict).toMatchObject({ isWhole: true });
      expect("events" in verdict && verdict.events).toBeGreaterThanOrEqual(version < 4 ? 1 : 12);
      store.close();
      const { kept, counted } = await readCounted(rawSqlAt(`file:${path()}`));
      expect(kept).toEqual(counted);

      const database = new Database(path());
      requireFit(database);
      expect(database.query("PRAGMA user_version").values()).toEqual([[NEWEST_VERSION]]);
      expect(database.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
      database.close();
      expect(copies()).toHaveLength(version === NEWEST_VERSION ? 0 : 1);
      for (const copy of copies()) {
        const old = new Database(join(folder, copy), { readonly: true });
        expect(old.query("PRAGMA user_version").values()).toEqual([[version]]);
        expect(old.query("SELECT * FROM users").all()).toEqual(people);
        expect(statSync(join(folder, copy)).mode & 0o777).toBe(0o600);
        old.close();
      }
    });
  }

  test("each schema is there", () => {
    const versions = OLD_FILES.map(versionOf);
    const since = Array.from({ length: NEWEST_VERSION - 12 }, (_, index) => 13 + index);
    expect([...new Set(versions)].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, ...since]);
  });
});

describe("an upgrade", () => {
  test("is refused for tables that no version has, and leaves nothing", () => {
    unpackOldFile(UNFIT_FILE, path());
    const before = readFileSync(path());
    expect(refusalOf(() => openSqlite(path(), MACHINE))).toBe(
      `Foyer cannot use the database file ${path()}: the migration 0010_counters does not fit its tables (table new_users has 14 columns but 13 values were supplied)`,
    );
    expect(readdirSync(folder)).toEqual(["foyer.db"]);
    expect(readFileSync(path()).equals(before)).toBe(true);
  });

  const BROKEN: [what: string, statement: string, reason: string][] = [
    [
      "that lacks what a migration changes",
      "DROP INDEX users_by_name",
      "the migration 0004_people_search does not fit its tables (no such index: users_by_name)",
    ],
    [
      "that has what a migration creates",
      "CREATE TABLE google_accounts (id TEXT)",
      "the migration 0005_google_accounts does not fit its tables (table `google_accounts` already exists)",
    ],
    [
      "with a row that refers to nobody",
      "UPDATE sessions SET user_id = 'nobody'",
      "its table sessions has a row that refers to a missing one",
    ],
  ];
  for (const [what, statement, reason] of BROKEN) {
    test(`is refused in one sentence for a file ${what}, and leaves nothing`, () => {
      unpackOldFile("v14_ended_tokens", path());
      change(statement);
      const before = readFileSync(path());
      expect(refusalOf(() => openSqlite(path(), MACHINE))).toEndWith(`: ${reason}`);
      expect(readdirSync(folder)).toEqual(["foyer.db"]);
      expect(readFileSync(path()).equals(before)).toBe(true);
    });
  }

  test("says what it did, and the next start does nothing", () => {
    unpackOldFile("v15_people_search", path());
    const { database, applied, copy } = openAndMigrate(path());
    expect(applied.slice(0, 2)).toEqual(["0005_google_accounts", "0006_file_marks"]);
    expect(copy).toBe(`${path()}.before-0005_google_accounts`);
    expect(database.query("PRAGMA foreign_keys").values()).toEqual([[1]]);
    database.close(true);
    const again = openAndMigrate(path());
    expect(again).toMatchObject({ applied: [], copy: null });
    again.database.close(true);
  });

  for (const name of ["v4_account_and_record", "v19_bound_sessions"]) {
    test(`finds and erases details by address as before, in ${name}`, async () => {
      unpackOldFile(name, path());
      const store = openSqlite(path(), MACHINE);
      const people = { ids: [], email: "Margaret@gmail.com" };
      const [invited] = await store.listEvents({ people, limit: 9 });
      expect(invited).toMatchObject({ kind: "invited", details: { email: "margaret@gmail.com" } });
      const identity = { ...AGAIN.identity, sub: "sub-margaret", email: "Margaret@gmail.com" };
      const margaret = { ...AGAIN, identity, nonceHash: "nonce-margaret" };
      const outcome = await store.signIn(margaret, auditAt(MACHINE.now()));
      const userId = outcome.signedIn ? outcome.user.id : "";
      const admit = () => ({ mayEnter: true, isAdmin: false });
      const act = { userId, policy: { configuredAdmins: new Set<string>(), admit } };
      expect(await store.deletePerson(act, auditAt(MACHINE.now()))).toBe("done");
      expect(await store.listEvents({ people, limit: 9 })).toEqual([]);
      const events = await store.listEvents({ kind: "invited", limit: 9 });
      expect(events).toEqual([{ ...invited, details: null }] as typeof events);
      expect(await store.verifyAudit()).toMatchObject({ isWhole: true });
      store.close();
    });
  }

  test("takes the place of a copy that an attempt before has left", () => {
    unpackOldFile("v15_people_search", path());
    const copy = `${path()}.before-0005_google_accounts`;
    for (const name of [copy, `${copy}.part`, `${copy}.part-journal`])
      writeFileSync(name, "half of it");
    openAndMigrate(path()).database.close(true);
    expect(copies()).toEqual(["foyer.db.before-0005_google_accounts"]);
    expect(readFileSync(copy).toString("latin1", 0, 15)).toBe("SQLite format 3");
  });

  test("is made once by processes that start together", async () => {
    unpackOldFile("v13_account_and_record", path());
    const script = `
      import { openAndMigrate } from ${moduleText("database_file.ts")};
      const { database, applied } = openAndMigrate(${JSON.stringify(path())});
      database.close(true);
      console.info(applied.length);`;
    const processes = Array.from({ length: 3 }, () => Bun.spawn([process.execPath, "-e", script]));
    const outputs = await Promise.all(processes.map(({ stdout }) => new Response(stdout).text()));
    expect(outputs.filter((text) => text.trim() === "0")).toHaveLength(2);
    expect(copies()).toEqual(["foyer.db.before-0003_ended_tokens"]);
  }, 30_000);

  test("that is killed half way has changed nothing, and is made at the next start", () => {
    unpackOldFile("v13_account_and_record", path());
    const script = `
      import { Database } from "bun:sqlite";
      import { copyBefore } from ${moduleText("copy_before.ts")};
      import { migrate } from ${moduleText("migrate.ts")};
      const database = new Database(${JSON.stringify(path())});
      database.run("PRAGMA journal_mode = WAL");
      migrate(database, (name) => {
        copyBefore(${JSON.stringify(path())}, name);
        database.run("CREATE TABLE half (text TEXT)");
        process.kill(process.pid, "SIGKILL");
      });`;
    const { signalCode } = Bun.spawnSync([process.execPath, "-e", script]);
    expect(signalCode).toBe("SIGKILL");
    expect(copies()).toEqual(["foyer.db.before-0003_ended_tokens"]);
    const { database, applied } = openAndMigrate(path());
    expect(applied[0]).toBe("0003_ended_tokens");
    expect(database.query("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeNull();
    database.close(true);
  });

  test("is refused where there is no room for the copy, and leaves nothing", () => {
    unpackOldFile("v14_ended_tokens", path());
    const before = readFileSync(path());
    const script = `const { openAndMigrate } = await import(${moduleText("database_file.ts")}); openAndMigrate(${JSON.stringify(path())});`;
    const command = ["sh", "-c", 'ulimit -S -f 200; exec "$0" -e "$1"', process.execPath, script];
    const { exitCode, stderr } = Bun.spawnSync(command);
    expect(exitCode).toBe(1);
    expect(stderr.toString()).toContain("no copy could be made beside it before it is migrated");
    expect(stderr.toString()).toContain("the copy takes up to 1 MB");
    expect(readdirSync(folder)).toEqual(["foyer.db"]);
    expect(readFileSync(path()).equals(before)).toBe(true);
  });
});
