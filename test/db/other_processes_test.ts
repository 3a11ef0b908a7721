import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

let folder = "";
let path = "";
let own: AppStore;
let other: AppStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-processes-"));
  path = join(folder, "foyer.db");
  own = openSqlite(path, MACHINE);
  other = openSqlite(path, MACHINE);
});

afterEach(() => {
  own.close();
  other.close();
  rmSync(folder, { recursive: true });
});

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

describe("the events of other processes", () => {
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

  test("begin when the file is opened", async () => {
    await record(other);
    const late = openSqlite(path, MACHINE);
    expect(await late.readForeignEvents()).toEqual([]);
    await record(other);
    expect(await late.readForeignEvents()).toEqual([INVITED]);
    late.close();
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
