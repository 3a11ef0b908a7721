import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { requireFit } from "../../db/sqlite/migrate.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { unpackOldFile } from "../db/sqlite/old_files.ts";
import { ADA, createClock, createFoyer, type Foyer, GRACE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { runInProcess } from "./run_in_process.ts";

const MINUTE_MS = 60_000;

let folder = "";
const at = (name: string) => join(folder, name);
let before: Foyer;

/** Opens the file `name` as a server of its own, with the same clock and the same Google. */
async function serve(name: string): Promise<Foyer> {
  const clock = before?.clock ?? createClock();
  return await createFoyer({}, { store: openSqlite(at(name), MACHINE), clock });
}

const run = (command: string, ...args: string[]) =>
  runInProcess([command, ...args], { DATABASE_URL: `file:${at("foyer.db")}` }).catch(String);

/** Restores `backup.db` in the place of the file, which becomes `old.db`. */
async function restore(...args: string[]) {
  before.store.close();
  rmSync(at("old.db"), { force: true });
  copyFileSync(at("foyer.db"), at("old.db"));
  rmSync(at("foyer.db"));
  const output = await run("restore", at("backup.db"), "--json", ...args);
  return JSON.parse(output);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "foyer-restore-"));
  before = await createFoyer({}, { store: openSqlite(at("foyer.db"), MACHINE) });
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("foyer restore", () => {
  test("brings everything back but sessions, verified, with an event", async () => {
    const ada = before.visitor();
    await ada.signIn(ADA);
    await before.visitor().signIn(GRACE);
    await run("backup", at("backup.db"));
    const backup = readFileSync(at("backup.db"));
    expect(await restore()).toMatchObject({
      file: at("foyer.db"),
      applied: [],
      endedSessions: 2,
      broughtBack: null,
      unknown: "no later file was named with --compare",
    });
    expect(readFileSync(at("backup.db")).equals(backup)).toBe(true);
    expect(statSync(at("foyer.db")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(["backup.db", "foyer.db", "old.db"]);

    const after = await serve("foyer.db");
    const back = after.visitor();
    for (const [name, value] of ada.cookies) back.cookies.set(name, value);
    expect(await back.status()).toBe(401);
    const room = await (await back.fragment("/htmx/content.secret1")).text();
    expect(room).toContain("An admin signed you out.");
    const [event, ...older] = await after.store.listEvents({ limit: 9 });
    expect(event).toMatchObject({ kind: "restored", actorId: null, details: { count: 2 } });
    expect(older.map(({ kind }) => kind)).toEqual(["signed_in", "signed_in"]);
    expect(await after.store.verifyAudit()).toMatchObject({ isWhole: true, events: 3 });
    expect(await after.store.findLastBackup()).toBeGreaterThan(0);
    after.store.close();
  });

  test("lets no session live again that had ended since the backup", async () => {
    const ada = before.visitor();
    await ada.signIn(ADA);
    const copy = ada.clone();
    await run("backup", at("backup.db"));
    await ada.post(PATHS.logout);
    // A plain copy of the backup would be a way back in.
    copyFileSync(at("backup.db"), at("plain.db"));
    await restore();
    const statuses = [];
    for (const name of ["plain.db", "foyer.db"]) {
      const server = await serve(name);
      const thief = server.visitor();
      for (const [cookie, value] of copy.cookies) thief.cookies.set(cookie, value);
      statuses.push(await thief.status());
      server.store.close();
    }
    expect(statuses).toEqual([200, 401]);
    const file = readFileSync(at("foyer.db")).toString("latin1");
    const database = new Database(at("plain.db"), { readonly: true });
    const [session] = database.query("SELECT id FROM sessions").values().flat();
    expect(file).not.toContain(String(session));
    database.close();
  });

  test("refuses a credential again that was used since the backup, and newer ones from the minute on", async () => {
    await run("backup", at("backup.db"));
    const ada = before.visitor();
    const credential = await ada.credential(ADA);
    expect((await ada.post(PATHS.login, { credential })).status).toBe(200);
    copyFileSync(at("backup.db"), at("plain.db"));
    const { refuseTokensUntil } = await restore();
    const answers = [];
    for (const name of ["plain.db", "foyer.db"]) {
      const server = await serve(name);
      const thief = server.visitor();
      for (const [cookie, value] of ada.anonymous().cookies) thief.cookies.set(cookie, value);
      const answer = await thief.post(PATHS.login, { credential });
      answers.push(answer.status === 200 ? 200 : await codeOf(answer));
      server.store.close();
    }
    expect(answers).toEqual([200, "nonce_expired"]);
    const after = await serve("foyer.db");
    expect(refuseTokensUntil - after.clock.now).toBeLessThan(2 * MINUTE_MS);
    expect((await after.visitor().signIn(ADA)).status).toBe(401);
    after.clock.now = refuseTokensUntil + 1000;
    expect((await after.visitor().signIn(ADA)).status).toBe(200);
    after.store.close();
  });

  for (const name of ["v1_init", "v4_account_and_record", "v16_google_accounts"]) {
    test(`migrates a backup as old as ${name}, which stays as it is`, async () => {
      unpackOldFile(name, at("backup.db"));
      const bytes = readFileSync(at("backup.db"));
      const { applied, endedSessions } = await restore();
      expect(applied).toContain("0006_file_marks");
      expect(endedSessions).toBeGreaterThan(0);
      expect(readFileSync(at("backup.db")).equals(bytes)).toBe(true);
      const database = new Database(at("foyer.db"));
      requireFit(database);
      const count = `SELECT count(*) FROM sessions UNION ALL SELECT count(*) FROM session_tokens
        UNION ALL SELECT count FROM counters WHERE name = 'sessions'`;
      expect(database.query(count).values()).toEqual([[0], [0], [0]]);
      database.close();
      expect(await run("audit", "verify")).toContain("The audit log is intact");
    });
  }
});
