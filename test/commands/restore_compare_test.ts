import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { NEWEST_VERSION } from "../../db/sqlite/migrate.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { MACHINE } from "../../src/machine.ts";
import { NEWEST_FILE, unpackOldFile } from "../db/sqlite/old_files.ts";
import { ADA, auditAt, createFoyer, EDSGER, type Foyer, GRACE, KATHERINE } from "../fixture.ts";
import { runInProcess } from "./run_in_process.ts";

let folder = "";
const at = (name: string) => join(folder, name);
let foyer: Foyer;

const run = (command: string, ...args: string[]) =>
  runInProcess([command, ...args], { DATABASE_URL: `file:${at("foyer.db")}` }).catch(String);

const restore = async (...args: string[]) =>
  JSON.parse(await run("restore", at("backup.db"), "--json", "--compare", ...args));

/** Copies the database to `name` as a crash leaves it: with its log. */
function copyOpenFile(name: string): void {
  for (const suffix of ["", "-wal"]) copyFileSync(at("foyer.db") + suffix, at(name) + suffix);
}

const idOf = async ({ email }: { email: string }) =>
  (await foyer.store.findPeopleByEmail(email))[0]?.id ?? "";

/** The ids of people, by first names. */
let ids = { ada: "", grace: "", katherine: "", edsger: "" };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "foyer-compare-"));
  const store = openSqlite(at("foyer.db"), MACHINE);
  foyer = await createFoyer({}, { store });
  for (const person of [ADA, GRACE, KATHERINE, EDSGER]) await foyer.visitor().signIn(person);
  const [ada, grace, katherine] = [await idOf(ADA), await idOf(GRACE), await idOf(KATHERINE)];
  ids = { ada, grace, katherine, edsger: await idOf(EDSGER) };
  const audit = auditAt(foyer.clock.now);
  const policy = peoplePolicy(foyer.deps.config);
  for (const userId of [ids.ada, ids.edsger]) await store.addAdmin({ userId, policy }, audit);
  for (const email of ["x@gmail.com", "y@gmail.com"]) await store.invite(email, audit);
  await run("backup", at("earlier.db"));
  await run("backup", at("backup.db"));

  await store.disable({ userId: ids.grace, policy }, audit);
  await store.removeAdmin({ userId: ids.ada, policy }, audit);
  await store.deletePerson({ userId: ids.katherine, policy }, audit);
  await store.revokeInvitation("x@gmail.com", audit);
  const hijacked = { kind: "account_disabled", endsSessionsBefore: null, disables: { reason: "" } };
  const acts = [{ ...hijacked, sub: EDSGER.sub }];
  await store.applySecurityEvent({ jti: "1", issuedAt: foyer.clock.now, acts }, audit);
  await foyer.visitor().signIn({ ...ADA, sub: "new", email: "new@gmail.com" });
  copyOpenFile("old.db");
  store.close();
  rmSync(at("foyer.db"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const person = ({ name, email }: typeof ADA, id: string) => ({ name, email, id });

describe("foyer restore --compare", () => {
  test("lists what it takes back, and leaves the later file and its log as they are", async () => {
    const files = () => ["old.db", "old.db-wal"].map((name) => readFileSync(at(name), "base64"));
    const before = files();
    // What happened since is in the log alone.
    expect(statSync(at("old.db-wal")).size).toBeGreaterThan(0);
    const names = readdirSync(folder);
    expect(await restore(at("old.db"))).toMatchObject({
      unknown: null,
      broughtBack: {
        deleted: [person(KATHERINE, ids.katherine)],
        disabled: [
          { ...person(GRACE, ids.grace), by: "admin" },
          { ...person(EDSGER, ids.edsger), by: "google" },
        ],
        admins: [person(ADA, ids.ada)],
        invitations: ["x@gmail.com"],
      },
    });
    expect(files()).toEqual(before);
    expect(readdirSync(folder).toSorted()).toEqual([...names, "foyer.db"].toSorted());
    for (const command of [`people disable ${ids.grace}`, `admin remove ${ids.ada}`]) {
      expect(await run("audit", "verify")).toContain("intact");
      rmSync(at("foyer.db"));
      const output = await run("restore", at("backup.db"), "--compare", at("old.db"));
      expect(output).toContain(`foyer ${command}`);
    }
  });

  test("reads a file that a server has open, with what is in its log", async () => {
    const server = new Database(at("old.db"));
    server.run("PRAGMA wal_autocheckpoint = 0");
    server.run("DELETE FROM users WHERE email = ?", [ADA.email]);
    const size = statSync(at("old.db-wal")).size;
    const { broughtBack } = await restore(at("old.db"));
    expect(broughtBack.deleted.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [ids.ada, ids.katherine].toSorted(),
    );
    expect(statSync(at("old.db-wal")).size).toBe(size);
    server.close();
  });

  test("reads a file of a newer Foyer, for the way back after an upgrade", async () => {
    const newer = new Database(at("old.db"));
    newer.run(`PRAGMA user_version = ${NEWEST_VERSION + 1}`);
    newer.run("ALTER TABLE users ADD nickname TEXT");
    newer.close();
    const { broughtBack } = await restore(at("old.db"));
    expect(broughtBack.deleted).toEqual([person(KATHERINE, ids.katherine)]);
  });

  test("says that nothing came back where nothing was changed", async () => {
    const output = await run("restore", at("backup.db"), "--compare", at("backup.db"));
    expect(output).toContain("Nothing that was deleted or disabled since is back.");
  });

  const UNKNOWN: [what: string, make: () => void, reason: string][] = [
    ["an earlier state", () => copyFileSync(at("earlier.db"), at("old.db")), "not a later state"],
    [
      "another Foyer's",
      () => unpackOldFile(NEWEST_FILE, at("old.db")),
      "not a later state of the same database",
    ],
    [
      "half a file",
      () => {
        copyFileSync(at("backup.db"), at("old.db"));
        truncateSync(at("old.db"), 65_536);
      },
      "it is damaged (SQLITE_CORRUPT)",
    ],
  ];
  for (const [what, make, reason] of UNKNOWN) {
    test(`restores, and says that it does not know, from ${what}`, async () => {
      rmSync(at("old.db-wal"));
      make();
      const before = readFileSync(at("old.db"));
      const found = await restore(at("old.db"));
      expect(found).toMatchObject({ file: at("foyer.db"), broughtBack: null });
      expect(found.unknown).toStartWith(`${at("old.db")} does not tell: `);
      expect(found.unknown).toContain(reason);
      expect(readFileSync(at("old.db")).equals(before)).toBe(true);
      rmSync(at("foyer.db"));
      expect(await run("restore", at("backup.db"), "--compare", at("old.db"))).toContain(
        "are back as they were, and admins whose role was removed. Foyer does not know who: ",
      );
    });
  }

  for (const [what, name] of [
    ["a missing file", "no.db"],
    ["a text", "note.txt"],
    ["a folder", "."],
  ] as const) {
    test(`refuses ${what} before it restores anything`, async () => {
      writeFileSync(at("note.txt"), "Dear diary");
      const output = await run("restore", at("backup.db"), "--compare", at(name));
      expect(output).toStartWith("DatabaseFileError: ");
      expect(readdirSync(folder)).not.toContain("foyer.db");
    });
  }
});
