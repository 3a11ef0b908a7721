import { describe, expect, test } from "bun:test";

import { auditAt, createFoyer } from "../fixture.ts";

const DAY_MS = 86_400_000;

describe("the last good backup", () => {
  test("is unknown at first, and then the last one that was recorded", async () => {
    const { store, clock } = await createFoyer();
    expect(await store.findLastBackup()).toBeNull();
    await store.recordBackup(clock.now - 5000, auditAt(clock.now));
    await store.recordBackup(clock.now - 1000, auditAt(clock.now));
    expect(await store.findLastBackup()).toBe(clock.now - 1000);
    const events = await store.listEvents({ kind: "backed_up", limit: 9 });
    expect(events.map(({ at, subjectId }) => [at, subjectId])).toEqual([
      [clock.now, null],
      [clock.now, null],
    ]);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 2 });
  });

  test("is known longer than its event", async () => {
    const { store, clock } = await createFoyer();
    const at = clock.now;
    await store.recordBackup(at, auditAt(at));
    expect(await store.pruneAudit(at + DAY_MS)).toBe(1);
    expect(await store.findLastBackup()).toBe(at);
  });
});
