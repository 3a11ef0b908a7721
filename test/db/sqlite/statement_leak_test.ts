import { heapStats } from "bun:jsc";
import { describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { AUDIT_KINDS, type AuditFilter } from "../../../db/contract/audit.ts";
import { PEOPLE_FILTERS, PEOPLE_ORDERS } from "../../../db/contract/people_list.ts";
import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { users } from "../../../db/sqlite/schema.ts";
import { MACHINE } from "../../../src/machine.ts";

/** The prepared statements that are alive. */
function countStatements(): number {
  Bun.gc(true);
  return heapStats().objectTypeCounts.SQLStatement ?? 0;
}

/** Each filter has other values; its shape repeats. */
function eventFilter(number: number): AuditFilter {
  const bit = (position: number) => ((number >> position) & 1) === 1;
  return {
    ...(bit(0) ? { kind: AUDIT_KINDS[number % AUDIT_KINDS.length] } : {}),
    ...(bit(1) ? { personId: `person ${number}` } : {}),
    ...(bit(2) ? { people: { ids: [`${number}`], email: bit(3) ? "a@b.example" : null } } : {}),
    ...(bit(4) ? { since: number } : {}),
    ...(bit(5) ? { until: number + 1 } : {}),
    ...(bit(6) ? { before: number } : {}),
    ...(bit(7) ? { after: number } : {}),
    limit: 1 + (number % 50),
  };
}

describe("prepared statements", () => {
  test("do not grow with the searches of events and people, and leave no log behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-leak-"));
    const path = join(folder, "foyer.db");
    const before = countStatements();
    const store = openSqlite(path, MACHINE);
    const search = async (number: number) => {
      await store.listEvents(eventFilter(number));
      await store.listPeople({
        search: number % 3 === 0 ? "" : `ada ${number}`,
        filter: PEOPLE_FILTERS[number % 4] ?? "all",
        order: PEOPLE_ORDERS[(number >> 2) % 4] ?? "name",
        isReversed: number % 2 === 0,
        skip: number % 7,
        limit: 5,
        configuredAdmins: new Set([`${number}@gmail.com`]),
      });
    };
    for (let number = 0; number < 1000; number += 1) await search(number);
    const known = countStatements();
    for (let number = 1000; number < 4000; number += 1) await search(number);
    expect(countStatements()).toBeLessThanOrEqual(known + 5);
    expect(known - before).toBeLessThan(500);
    store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    rmSync(folder, { recursive: true });
  });

  test("that an application does not keep are collected", () => {
    const database = openDatabaseFile(":memory:");
    const db = drizzle({ client: database });
    const before = countStatements();
    for (let number = 0; number < 3000; number += 1) db.select().from(users).limit(number).all();
    expect(countStatements() - before).toBeLessThan(100);
    database.close(true);
  });
});
