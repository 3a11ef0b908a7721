import { beforeEach, expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import { auditAt } from "../fixture.ts";
import { describeSharedStore, type TestDatabase } from "./describe_store.ts";
import { signInWith } from "./sign_ins.ts";

const DAY_MS = 86_400_000;
const TODAY = Date.UTC(2026, 10, 26, 12);
/** Events 1 to 8 are invitations, one a day; 9 is a sign-in of today. The first 4 are old enough to be deleted. */
const dayOf = (seq: number) => TODAY - (9 - seq) * DAY_MS;
const KEPT_SINCE = dayOf(5) - 1;

/** An event that somebody invents, about Ada. */
const invent = (seq: number, at = TODAY) =>
  `INSERT INTO audit_events VALUES (${seq}, ${at}, 'disabled', NULL, ADA, 'x', 'x')`;

describeSharedStore("the chain of the audit log", (createDatabase) => {
  let database: TestDatabase;
  let store: AppStore;
  let adaId = "";

  beforeEach(async () => {
    database = await createDatabase();
    store = await database.open();
    for (let seq = 1; seq <= 8; seq += 1) {
      await store.invite(`${seq}@gmail.com`, auditAt(dayOf(seq)));
    }
    const ada = { sub: "1", email: "ada@x.example", name: "A", picture: null, hostedDomain: null };
    const end = TODAY + DAY_MS;
    const outcome = await store.signIn(
      signInWith({ identity: ada, tokenIssuedAt: TODAY, expiresAt: end, idleEndsAt: end }),
      auditAt(TODAY),
    );
    adaId = outcome.signedIn ? outcome.user.id : "";
    // PostgreSQL chains what it has recorded when somebody reads.
    expect(await store.findLastSeq()).toBe(9);
  });

  const tamper = (sql: string) => database.sql.write(sql.replaceAll("ADA", `'${adaId}'`));
  const verify = () => store.verifyAudit(KEPT_SINCE);

  const FORGERIES: [sql: string, fault: string][] = [
    ["UPDATE audit_events SET at = at + 1 WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET kind = 'deleted' WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET subject_id = 'x' WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET actor_id = 'x' WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET details_hash = 'x' WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET hash = 'x' WHERE seq = 3", "Event 3 was changed."],
    ["UPDATE audit_events SET seq = 99 WHERE seq = 9", "Event 9 is missing."],
    ["UPDATE audit_details SET details = '{}' WHERE seq = 3", "Event 3 has changed details."],
    ["UPDATE audit_details SET salt = 'x' WHERE seq = 3", "Event 3 has changed details."],
    // Otherwise a deletion would not find them.
    ["UPDATE audit_details SET email = NULL WHERE seq = 3", "Event 3 has changed details."],
    ["DELETE FROM audit_events WHERE seq = 3", "Event 3 is missing."],
    ["DELETE FROM audit_events WHERE seq = 1", "Event 1 is missing."],
    ["DELETE FROM audit_events WHERE seq = 9", "Event 9 is missing at the end."],
    ["DELETE FROM audit_events", "Event 1 is missing at the end."],
    ["DELETE FROM audit_marks", "Event 10 is missing at the end."],
    [
      "INSERT INTO audit_events SELECT 10, at, kind, actor_id, subject_id, details_hash, hash FROM audit_events WHERE seq = 9",
      "Event 10 was changed.",
    ],
    // What stands before the beginning is in no chain.
    [invent(0), "Event 0 is not part of it: it begins with event 1."],
    [invent(-7), "Event -7 is not part of it: it begins with event 1."],
    ["INSERT INTO audit_details VALUES (0, 'x', '{}', NULL)", "Details of event 0 are there"],
    ["INSERT INTO audit_details VALUES (10, 'x', '{}', NULL)", "Details of event 10 are there"],
    ["DELETE FROM audit_details WHERE seq = 9", "Event 9 has no details, although"],
    // Sign-ins are counted elsewhere in the same transaction.
    [
      "DELETE FROM audit_events; DELETE FROM audit_details; DELETE FROM audit_marks",
      "On 2026-11-26, 1 sign-ins were counted, and the log has 0.",
    ],
    [
      "DELETE FROM audit_events WHERE seq = 9; DELETE FROM audit_details WHERE seq = 9; UPDATE audit_marks SET seq = 8, hash = (SELECT hash FROM audit_events WHERE seq = 8)",
      "On 2026-11-26, 1 sign-ins were counted, and the log has 0.",
    ],
    // A root that moves over events which must be kept.
    [
      "INSERT INTO audit_marks SELECT 'root', seq, hash, NULL FROM audit_events WHERE seq = 6; DELETE FROM audit_events WHERE seq < 7; DELETE FROM audit_details WHERE seq < 7",
      "The last deleted event, 6, is not the one that the chain continues.",
    ],
  ];
  for (const [sql, fault] of FORGERIES) {
    test(`shows: ${sql}`, async () => {
      await tamper(sql);
      const verdict = await verify();
      expect(verdict.isWhole || verdict.fault).toStartWith(fault);
    });
  }

  const MOVE_ROOT = `DELETE FROM audit_events WHERE seq < 7; DELETE FROM audit_details WHERE seq < 7;
    UPDATE audit_marks SET seq = 6, hash = ROOT WHERE name = 'root'`;
  const AFTER_DELETION: [what: string, sql: string, fault: string][] = [
    ["an event at the root", invent(4), "Event 4 is not part of it: it begins with event 5."],
    ["an event before it", invent(2), "Event 2 is not part of it: it begins with event 5."],
    [
      "details before it",
      "INSERT INTO audit_details VALUES (4, 'x', '{}', NULL)",
      "Details of event 4",
    ],
    ["a root that moved", MOVE_ROOT, "The last deleted event, 6, is not the one"],
    [
      "a root without its text",
      "UPDATE audit_marks SET chained = NULL WHERE name = 'root'",
      "The last deleted event, 4, is not the one",
    ],
    [
      "a root whose text says another number",
      "UPDATE audit_marks SET seq = 3 WHERE name = 'root'",
      "Event 4 is missing.",
    ],
  ];
  for (const [what, sql, fault] of AFTER_DELETION) {
    test(`shows, after events were deleted: ${what}`, async () => {
      expect(await store.pruneAudit(KEPT_SINCE)).toBe(4);
      const [hash] = await database.sql.read("SELECT hash FROM audit_events WHERE seq = 6");
      await tamper(sql.replace("ROOT", `'${hash}'`));
      const verdict = await verify();
      expect(verdict.isWhole || verdict.fault).toStartWith(fault);
    });
  }

  test("shows that events were deleted too early, whoever did it", async () => {
    // Exactly as Foyer deletes them, so the chain is whole.
    await store.pruneAudit(dayOf(7));
    const verdict = await verify();
    expect(verdict.isWhole || verdict.fault).toBe(
      "Event 6 of 2026-11-23 was deleted, although events since 2026-11-22 are kept. If AUDIT_RETENTION_DAYS was smaller before, verify with that number.",
    );
    expect(await store.verifyAudit(dayOf(7))).toMatchObject({ isWhole: true, firstAt: dayOf(7) });
    // The event says when it happened, and nobody can make it older without breaking the chain.
    const older = `UPDATE audit_marks SET chained = replace(chained, '${dayOf(6)}', '${dayOf(1)}')`;
    await tamper(`${older} WHERE name = 'root'`);
    expect(await verify()).toMatchObject({ isWhole: false });
  });

  test("stays valid when details are erased with an account", async () => {
    await tamper("DELETE FROM audit_details WHERE seq < 5");
    expect(await verify()).toMatchObject({ isWhole: true, events: 9, erased: 4 });
    const policy = {
      configuredAdmins: new Set<string>(),
      admit: () => ({ mayEnter: true, isAdmin: false }),
    };
    await store.deletePerson({ userId: adaId, policy }, auditAt(TODAY));
    expect(await verify()).toMatchObject({ isWhole: true, events: 10, erased: 5 });
  });

  test("stays valid when old or all events are pruned", async () => {
    expect(await store.pruneAudit(dayOf(4))).toBe(3);
    const left = { isWhole: true, events: 6, forgottenUpTo: 3, firstAt: dayOf(4) };
    expect(await verify()).toMatchObject(left);
    expect(await store.pruneAudit(dayOf(4))).toBe(0);
    expect(await store.pruneAudit(dayOf(5))).toBe(1);
    expect(await store.pruneAudit(TODAY + 1)).toBe(5);
    const none = { isWhole: true, events: 0, forgottenUpTo: 9, firstAt: null };
    expect(await store.verifyAudit(TODAY + 1)).toMatchObject(none);
    await store.invite("9@gmail.com", auditAt(TODAY + 2));
    expect(await store.verifyAudit(TODAY + 1)).toMatchObject({ isWhole: true, events: 1 });
  });

  test("is what is listed: events before its beginning are not, and do not keep others", async () => {
    const { head } = (await store.verifyAudit()) as { head: string };
    for (const sql of [
      invent(0),
      invent(-7),
      "INSERT INTO audit_details VALUES (0, 'x', '{}', NULL)",
    ]) {
      await tamper(sql);
    }
    const filters = [{}, { personId: adaId }, { kind: "disabled" }, { since: TODAY }] as const;
    for (const filter of filters) {
      const events = await store.listEvents({ ...filter, limit: 99 });
      expect(events.filter(({ seq }) => seq < 1)).toEqual([]);
    }
    expect(await store.listEvents({ after: -99, limit: 99 })).toHaveLength(9);
    expect(await store.listOwnEvents({ userId: adaId, since: 0, limit: 9 })).toHaveLength(1);
    expect(await store.pruneAudit(KEPT_SINCE)).toBe(6);
    expect(await verify()).toMatchObject({ isWhole: true, events: 5, head });
  });
});
