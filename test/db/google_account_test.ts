import { beforeEach, expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { SecurityAct } from "../../db/contract/security_event.ts";
import { auditAt } from "../fixture.ts";
import { describeSharedStore, type TestDatabase } from "./describe_store.ts";
import { signInWith } from "./sign_ins.ts";

const SUB = "110169484474386276334";
const T = Date.UTC(2026, 10, 26);
const DAY_MS = 86_400_000;
const POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};

describeSharedStore("what Google says about an account", (createDatabase) => {
  let database: TestDatabase;
  let store: AppStore;
  let events = 0;

  beforeEach(async () => {
    database = await createDatabase();
    store = await database.open();
  });

  const read = async (sql: string) => (await database.sql.read(sql)).flat();

  async function signIn(now: number) {
    const identity = { ...signInWith().identity, sub: SUB, email: "ada@gmail.com" };
    const attempt = signInWith({
      identity,
      tokenHash: crypto.randomUUID(),
      tokenIssuedAt: now,
      nonceHash: crypto.randomUUID(),
      nonceKeptUntil: now + 3_660_000,
      expiresAt: now + DAY_MS,
      idleEndsAt: now + DAY_MS,
    });
    const outcome = await store.signIn(attempt, auditAt(now));
    return outcome.signedIn ? outcome.user.id : outcome.code;
  }

  function tell(now: number, act: Partial<SecurityAct>) {
    const nothing = { sub: SUB, kind: "test", endsSessionsBefore: null, disables: null };
    const delivery = { jti: `${(events += 1)}`, issuedAt: now, acts: [{ ...nothing, ...act }] };
    return store.applySecurityEvent(delivery, auditAt(now));
  }

  test("is kept by a hash, and no longer than it counts", async () => {
    await tell(T, { endsSessionsBefore: T + 1000 });
    const [hash] = await read("SELECT sub_hash FROM google_accounts");
    expect(hash).toMatch(/^[\w-]{43}$/);
    await store.deleteExpired(T + 3_659_999);
    expect(await read("SELECT count(*) FROM google_accounts")).toEqual([1]);
    await store.deleteExpired(T + 3_660_000);
    expect(await read("SELECT count(*) FROM google_accounts")).toEqual([0]);
    expect(await read("SELECT name, at FROM deletion_marks")).toEqual(["revocations", T]);
    await tell(T, { disables: { reason: "hijacking" } });
    await store.deleteExpired(T + 999 * DAY_MS);
    expect(await read("SELECT is_disabled FROM google_accounts")).toEqual([1]);
    await tell(T + 1000 * DAY_MS, { disables: "lifted" });
    await store.deleteExpired(T + 1029 * DAY_MS);
    expect(await read("SELECT is_disabled FROM google_accounts")).toEqual([0]);
    await store.deleteExpired(T + 1031 * DAY_MS);
    expect(await read("SELECT count(*) FROM google_accounts")).toEqual([0]);
  });

  test("outlives the account, also in a file from before it was kept", async () => {
    const userId = await signIn(T);
    await tell(T + 1000, { disables: { reason: "" } });
    await database.sql.write("DELETE FROM google_accounts");
    await store.deletePerson({ userId, policy: POLICY }, auditAt(T + 2000));
    expect(await signIn(T + 3000)).toBe("user_disabled_by_google");
    // The hash stays, and the number itself is nowhere.
    const tables = await database.sql.tables();
    for (const table of tables) {
      expect(JSON.stringify(await read(`SELECT * FROM ${table}`))).not.toContain(SUB);
    }
    expect(tables).toContain("google_accounts");
    await tell(T + 4000, { disables: "lifted" });
    expect(await signIn(T + 5000)).toMatch(/^[\da-f-]{36}$/);
  });

  test("in a file from before it was kept is what the account says, if an older event comes", async () => {
    await signIn(T);
    await tell(T + 10_000, { disables: "lifted" });
    await database.sql.write("DELETE FROM google_accounts");
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
    expect(await marks()).toEqual(["nonces", T + 3_660_000]);
    await store.deleteExpired(T + DAY_MS);
    expect(await marks()).toEqual(["nonces", T + 3_665_000]);
    await store.deleteExpired(T + 2 * DAY_MS);
    await signIn(T + 2 * DAY_MS);
    await store.deleteExpired(T);
    expect(await marks()).toEqual(["nonces", T + 3_665_000]);
    // An older token than the newest one that was forgotten.
    expect(await signIn(T + 4999)).toBe("nonce_expired");
    expect(await signIn(T + 5001)).toMatch(/^[\da-f-]{36}$/);
  });
});
