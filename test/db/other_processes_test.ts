import { beforeEach, expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import { auditAt } from "../fixture.ts";
import { describeSharedStore, type TestDatabase } from "./describe_store.ts";

let invited = 0;

/** Records one event. */
const record = (store: AppStore) => store.invite(`${(invited += 1)}@a.example`, auditAt(1000));

/** Records many events in one transaction. */
const recordMany = (store: AppStore, count: number) => {
  const act = { sub: null, kind: "verification", endsSessionsBefore: null, disables: null };
  const acts = Array.from({ length: count }, () => act);
  return store.applySecurityEvent(
    { jti: `${(invited += 1)}`, issuedAt: 1000, acts },
    auditAt(1000),
  );
};

const INVITED = { kind: "invited", subjectId: null } as const;

describeSharedStore("the events of other processes", (createDatabase) => {
  let database: TestDatabase;
  let own: AppStore;
  let other: AppStore;

  beforeEach(async () => {
    database = await createDatabase();
    own = await database.open();
    other = await database.open();
  });

  test("are read once each, and those of this process never", async () => {
    expect(await own.readForeignEvents()).toEqual([]);
    await record(own);
    expect(await own.readForeignEvents()).toEqual([]);
    await record(other);
    await record(own);
    await record(other);
    expect(await own.readForeignEvents()).toEqual([INVITED, INVITED]);
    expect(await own.readForeignEvents()).toEqual([]);
    await record(own);
    expect(await own.readForeignEvents()).toEqual([]);
    expect(await other.readForeignEvents()).toEqual([INVITED, INVITED, INVITED]);
  });

  test("begin when the database is opened", async () => {
    await record(other);
    const late = await database.open();
    expect(await late.readForeignEvents()).toEqual([]);
    await record(other);
    expect(await late.readForeignEvents()).toEqual([INVITED]);
  });

  test("do not hide behind an act of this process that was rolled back", async () => {
    const sub = { sub: "1", email: "a@b.example", name: "A", code: "email_not_allowed" };
    const refusal = new Error("The right is lost");
    const authority = { sessionId: "none", refusalOf: () => refusal };
    const refused = own.recordRefusal(sub, { ...auditAt(1000), authority });
    expect(await refused.catch((error: unknown) => error)).toBe(refusal);
    await record(other);
    expect(await own.readForeignEvents()).toEqual([INVITED]);
  });

  test("come in batches if they are many, with the own ones left out", async () => {
    await recordMany(other, 700);
    await recordMany(own, 500);
    await recordMany(other, 700);
    expect(await own.readForeignEvents()).toHaveLength(700);
    expect(await own.readForeignEvents()).toHaveLength(700);
    expect(await own.readForeignEvents()).toEqual([]);
  });

  test("are read on after events were deleted", async () => {
    await record(other);
    await record(other);
    expect(await own.readForeignEvents()).toHaveLength(2);
    await record(other);
    await other.pruneAudit(2000);
    await record(other);
    expect(await own.readForeignEvents()).toEqual([INVITED]);
  });
});
