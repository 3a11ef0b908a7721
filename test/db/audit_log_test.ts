import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";

describe("the chain of the audit log", () => {
  async function tamper(sql: string) {
    const folder = mkdtempSync(join(tmpdir(), "foyer-audit-"));
    const path = join(folder, "foyer.db");
    const store = openSqlite(path, MACHINE);
    for (let number = 0; number < 8; number += 1) {
      const email = `${number}@gmail.com`;
      await store.invite(email, auditAt(1000 * (number + 1)));
    }
    const database = new Database(path);
    database.run(sql);
    database.close();
    const verdict = await store.verifyAudit();
    store.close();
    rmSync(folder, { recursive: true });
    return verdict;
  }

  const FORGERIES = [
    "UPDATE audit_events SET at = at + 1 WHERE seq = 3",
    "UPDATE audit_events SET kind = 'deleted' WHERE seq = 3",
    "UPDATE audit_events SET subject_id = 'x' WHERE seq = 3",
    "UPDATE audit_events SET actor_id = 'x' WHERE seq = 3",
    "UPDATE audit_events SET details_hash = 'x' WHERE seq = 3",
    "UPDATE audit_events SET hash = 'x' WHERE seq = 3",
    "UPDATE audit_events SET seq = 99 WHERE seq = 8",
    "UPDATE audit_details SET details = '{}' WHERE seq = 3",
    "UPDATE audit_details SET salt = 'x' WHERE seq = 3",
    "DELETE FROM audit_events WHERE seq = 3",
    "DELETE FROM audit_events WHERE seq = 1",
    "DELETE FROM audit_events WHERE seq = 8",
    "DELETE FROM audit_events",
    "DELETE FROM audit_marks",
    "INSERT INTO audit_events SELECT 9, at, kind, actor_id, subject_id, details_hash, hash FROM audit_events WHERE seq = 8",
  ];
  for (const sql of FORGERIES) {
    test(`detects: ${sql}`, async () => {
      expect((await tamper(sql)).isWhole).toBe(false);
    });
  }

  test("stays valid when details are erased", async () => {
    expect(await tamper("DELETE FROM audit_details WHERE seq < 5")).toMatchObject({
      isWhole: true,
      events: 8,
      erased: 4,
    });
  });

  test("stays valid when old or all events are pruned", async () => {
    const store = openSqlite(":memory:", MACHINE);
    const invite = (number: number) => store.invite(`${number}@x.example`, auditAt(number * 1000));
    for (let number = 1; number <= 8; number += 1) await invite(number);
    expect(await store.pruneAudit(4000)).toBe(3);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 5, forgottenUpTo: 3 });
    expect(await store.pruneAudit(4000)).toBe(0);
    expect(await store.pruneAudit(99_000)).toBe(5);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 0, forgottenUpTo: 8 });
    await invite(9);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 1 });
    store.close();
  });
});
