import { expect, test } from "bun:test";

import { auditAt } from "../fixture.ts";
import { describeStore } from "./describe_store.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 26);

describeStore("the last good backup", (createDatabase) => {
  test("is unknown at first, and then the last one that was recorded", async () => {
    const store = await (await createDatabase()).open();
    expect(await store.findLastBackup()).toBeNull();
    await store.recordBackup(NOW - 5000, auditAt(NOW));
    await store.recordBackup(NOW - 1000, auditAt(NOW));
    expect(await store.findLastBackup()).toBe(NOW - 1000);
    const events = await store.listEvents({ kind: "backed_up", limit: 9 });
    expect(events.map(({ at, subjectId }) => [at, subjectId])).toEqual([
      [NOW, null],
      [NOW, null],
    ]);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true, events: 2 });
  });

  test("is known longer than its event", async () => {
    const store = await (await createDatabase()).open();
    await store.recordBackup(NOW, auditAt(NOW));
    expect(await store.pruneAudit(NOW + DAY_MS)).toBe(1);
    expect(await store.findLastBackup()).toBe(NOW);
  });
});
