import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { SecurityAct } from "../../db/contract/security_event.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

const SUB = "110169484474386276334";
const T = Date.UTC(2026, 10, 26);
const DAY_MS = 86_400_000;
const POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};

let folder = "";
let store: AppStore;
const path = () => join(folder, "foyer.db");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-google-"));
  store = openSqlite(path(), MACHINE);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function read(sql: string): unknown[] {
  const database = new Database(path());
  const rows = database.query(sql).values().flat();
  database.close();
  return rows;
}

async function signIn(now: number) {
  const identity = { sub: SUB, email: "ada@gmail.com", name: "Ada" };
  const outcome = await store.signIn(
    {
      identity: { ...identity, picture: null, hostedDomain: null },
      method: "btn",
      tokenHash: crypto.randomUUID(),
      accessHash: null,
      bindingSecret: null,
      authenticatedAt: null,
      amr: null,
      previousTokenHash: null,
      tokenIssuedAt: now,
      nonceHash: crypto.randomUUID(),
      nonceKeptUntil: now + 3_660_000,
      expiresAt: now + DAY_MS,
      idleEndsAt: now + DAY_MS,
      invitation: "not_needed",
    },
    auditAt(now),
  );
  return outcome.signedIn ? outcome.user.id : outcome.code;
}

let events = 0;

function tell(now: number, act: Partial<SecurityAct>) {
  const nothing = { sub: SUB, kind: "test", endsSessionsBefore: null, disables: null };
  const delivery = { jti: `${(events += 1)}`, issuedAt: now, acts: [{ ...nothing, ...act }] };
  return store.applySecurityEvent(delivery, auditAt(now));
}

describe("what Google says about an account", () => {
  test("is kept by a hash, and no longer than it counts", async () => {
    await tell(T, { endsSessionsBefore: T + 1000 });
    const [hash] = read("SELECT sub_hash FROM google_accounts");
    expect(hash).toMatch(/^[\w-]{43}$/);
    await store.deleteExpired(T + 3_659_999);
    expect(read("SELECT count(*) FROM google_accounts")).toEqual([1]);
    await store.deleteExpired(T + 3_660_000);
    expect(read("SELECT count(*) FROM google_accounts")).toEqual([0]);
    expect(read("SELECT name, at FROM deletion_marks")).toEqual(["revocations", T]);
    await tell(T, { disables: { reason: "hijacking" } });
    await store.deleteExpired(T + 999 * DAY_MS);
    expect(read("SELECT is_disabled FROM google_accounts")).toEqual([1]);
    await tell(T + 1000 * DAY_MS, { disables: "lifted" });
    await store.deleteExpired(T + 1029 * DAY_MS);
    expect(read("SELECT is_disabled FROM google_accounts")).toEqual([0]);
    await store.deleteExpired(T + 1031 * DAY_MS);
    expect(read("SELECT count(*) FROM google_accounts")).toEqual([0]);
  });

  test("outlives the account, also in a file from before it was kept", async () => {
    const userId = await signIn(T);
    await tell(T + 1000, { disables: { reason: "" } });
    read("DELETE FROM google_accounts");
    await store.deletePerson({ userId, policy: POLICY }, auditAt(T + 2000));
    expect(await signIn(T + 3000)).toBe("user_disabled_by_google");
    // The hash stays, and the number itself is nowhere.
    const tables = read("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'");
    const found = tables.filter((table) =>
      JSON.stringify(read(`SELECT * FROM ${table}`)).includes(SUB),
    );
    expect(found).toEqual([]);
    expect(tables).toContain("google_accounts");
    await tell(T + 4000, { disables: "lifted" });
    expect(await signIn(T + 5000)).toMatch(/^[\da-f-]{36}$/);
  });

  test("in a file from before it was kept is what the account says, if an older event comes", async () => {
    await signIn(T);
    await tell(T + 10_000, { disables: "lifted" });
    read("DELETE FROM google_accounts");
    await tell(T + 5000, { disables: { reason: "" } });
    const userId = await signIn(T + 20_000);
    expect(userId).toMatch(/^[\da-f-]{36}$/);
    await store.deletePerson({ userId, policy: POLICY }, auditAt(T + 30_000));
    expect(await signIn(T + 40_000)).toMatch(/^[\da-f-]{36}$/);
  });

  test("is deleted up to a mark that only grows", async () => {
    await signIn(T);
    await signIn(T + 5000);
    await store.deleteExpired(T + 3_660_000);
    const marks = () => read("SELECT name, at FROM deletion_marks");
    expect(marks()).toEqual(["nonces", T + 3_660_000]);
    await store.deleteExpired(T + DAY_MS);
    expect(marks()).toEqual(["nonces", T + 3_665_000]);
    await store.deleteExpired(T + 2 * DAY_MS);
    await signIn(T + 2 * DAY_MS);
    await store.deleteExpired(T);
    expect(marks()).toEqual(["nonces", T + 3_665_000]);
    // An older token than the newest one that was forgotten.
    expect(await signIn(T + 4999)).toBe("nonce_expired");
    expect(await signIn(T + 5001)).toMatch(/^[\da-f-]{36}$/);
  });
});
