import { expect, test } from "bun:test";

import { createWaitingActivity } from "../../db/activity.ts";
import type { AppStore } from "../../db/contract/app_store.ts";
import { MAX_ACTIVITY_WAIT_MS } from "../../db/contract/session.ts";
import { DatabaseError } from "../../db/contract/store.ts";
import { auditAt } from "../fixture.ts";
import { describeSharedStore, describeStore } from "./describe_store.ts";
import { actOn } from "./people_scene.ts";
import { attemptOf } from "./sign_ins.ts";

const AT_ONCE = auditAt(1000);
const HOUR_MS = 3_600_000;

/** Signs somebody in: their session begins at 1000, and idling ends it at 4000. */
async function signIn(store: AppStore, name: string) {
  const outcome = await store.signIn(attemptOf(name, { accessHash: `access ${name}` }), AT_ONCE);
  if (!outcome.signedIn) throw new Error(outcome.code);
  return { sessionId: outcome.sessionId, userId: outcome.user.id };
}

/** When a store sees the last use of somebody's session. */
async function lastSeen(store: AppStore, name: string): Promise<number | undefined> {
  return (await store.findSession(`token of ${name}`))?.lastSeenAt;
}

describeStore("activity that waits", (createDatabase) => {
  test("is seen at once, however a session is looked up", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId, userId } = await signIn(store, "ada");
    const used = { lastSeenAt: 3900, idleEndsAt: 6900 };
    await store.recordActivity({ seenAt: 1000, sessionId, now: 3900, idleEndsAt: 6900 });
    expect(await store.findSession("token of ada")).toMatchObject(used);
    expect(await store.findSessionById(sessionId)).toMatchObject(used);
    expect(await store.findSessionByAccess("access ada")).toMatchObject(used);
    expect(await store.findSessionsById([sessionId])).toMatchObject([used]);
    // What is stored says that it is over since 4000.
    const listed = await store.listSessions({ userId, now: 5000 });
    expect(listed).toMatchObject([{ id: sessionId, lastSeenAt: 3900 }]);
    expect(Object.keys(listed[0] ?? {})).not.toContain("idleEndsAt");
    expect(await store.listSessions({ userId, now: 6900 })).toEqual([]);
    const exported = await store.exportPerson(userId, { ...auditAt(5000), actorId: userId });
    expect(exported?.sessions).toMatchObject([{ id: sessionId, lastSeenAt: 3900 }]);
  });

  test("orders the list of sessions", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId: first, userId } = await signIn(store, "ada");
    const again = attemptOf("ada", { tokenHash: "second", nonceHash: "second" });
    await store.signIn(again, auditAt(1500));
    const second = (await store.findSession("second"))?.id ?? "";
    const ids = async () => (await store.listSessions({ userId, now: 2500 })).map(({ id }) => id);
    expect(await ids()).toEqual([second, first]);
    await store.recordActivity({ seenAt: 1000, sessionId: first, now: 2000, idleEndsAt: 5000 });
    expect(await ids()).toEqual([first, second]);
  });

  test("keeps a session from being deleted as expired", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId } = await signIn(store, "ada");
    await signIn(store, "grace");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 3900, idleEndsAt: 6900 });
    await store.deleteExpired(5000);
    expect(await lastSeen(store, "ada")).toBe(3900);
    expect(await lastSeen(store, "grace")).toBeUndefined();
    await store.deleteExpired(6900);
    expect(await lastSeen(store, "ada")).toBeUndefined();
  });

  test("counts where sessions are ended, and for who acts", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId, userId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 3900, idleEndsAt: 6900 });
    const seen: (number | undefined)[] = [];
    const authority = {
      sessionId,
      refusalOf: (found: { idleEndsAt: number } | null) => {
        seen.push(found?.idleEndsAt);
        return null;
      },
    };
    const audit = { ...auditAt(5000), actorId: userId, authority };
    expect(await store.endSessionsOf({ userId, exceptId: null }, audit)).toBe(1);
    expect(seen).toEqual([6900]);
  });

  test("brings no session back that was ended", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId, userId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 2000, idleEndsAt: 5000 });
    await store.endSession({ sessionId, userId, why: "suspicion" }, auditAt(2100));
    await store.recordActivity({ seenAt: 1000, sessionId, now: 2200, idleEndsAt: 5200 });
    await store.writeActivity();
    expect(await store.findSession("token of ada")).toBeNull();
    expect(await store.findSessionsById([sessionId])).toEqual([]);
    expect(await store.listSessions({ userId, now: 2300 })).toEqual([]);
  });

  test("leaves a session as it was when an administrator ended it", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId, userId } = await signIn(store, "ada");
    await store.disable(actOn(userId), auditAt(2000));
    await store.recordActivity({ seenAt: 1000, sessionId, now: 2100, idleEndsAt: 9000 });
    const ended = { lastSeenAt: 1000, idleEndsAt: 4000, endedByAdminAt: 2000 };
    expect(await store.findSession("token of ada")).toMatchObject(ended);
    await store.writeActivity();
    expect(await store.findSession("token of ada")).toMatchObject(ended);
  });

  test("from before an administrator disabled somebody stays with the session", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId, userId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 1500, idleEndsAt: 4500 });
    await store.disable(actOn(userId), auditAt(2000));
    const ended = { lastSeenAt: 1500, idleEndsAt: 4500, endedByAdminAt: 2000 };
    expect(await store.findSession("token of ada")).toMatchObject(ended);
  });

  test("of a clock that was set back counts", async () => {
    const store = await (await createDatabase()).open();
    const now = 1000 - HOUR_MS;
    const { sessionId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now, idleEndsAt: now + 3000 });
    const used = { lastSeenAt: now, idleEndsAt: now + 3000 };
    expect(await store.findSession("token of ada")).toMatchObject(used);
    await store.writeActivity();
    expect(await store.findSession("token of ada")).toMatchObject(used);
  });

  test("of a clock that was set back counts, also behind a use that waits", async () => {
    const store = await (await createDatabase()).open();
    const { sessionId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 9000, idleEndsAt: 12_000 });
    await store.recordActivity({ seenAt: 9000, sessionId, now: 500, idleEndsAt: 3500 });
    const used = { lastSeenAt: 500, idleEndsAt: 3500 };
    expect(await store.findSession("token of ada")).toMatchObject(used);
    await store.writeActivity();
    expect(await store.findSession("token of ada")).toMatchObject(used);
  });

  test("of hostile ids changes nothing else", async () => {
    const store = await (await createDatabase()).open();
    await signIn(store, "ada");
    for (const sessionId of ["", "'; DELETE FROM sessions; --", '"}],"x":[{"', "%", "\u{1f600}"]) {
      await store.recordActivity({ seenAt: 1000, sessionId, now: 2000, idleEndsAt: 9000 });
    }
    await store.writeActivity();
    expect(await lastSeen(store, "ada")).toBe(1000);
  });
});

describeSharedStore("what another process sees of activity", (createDatabase, engine) => {
  async function open() {
    const database = await createDatabase();
    const [store, other] = [await database.open(), await database.open()];
    const { sessionId, userId } = await signIn(store, "ada");
    await store.recordActivity({ seenAt: 1000, sessionId, now: 2000, idleEndsAt: 5000 });
    expect(await lastSeen(other, "ada")).toBe(1000);
    return { database, store, other, sessionId, userId };
  }

  test("is there when it is written", async () => {
    const { store, other } = await open();
    await store.writeActivity();
    expect(await lastSeen(other, "ada")).toBe(2000);
  });

  test(`is ${engine === "file" ? "" : "not "}there with the next act`, async () => {
    const { store, other } = await open();
    await signIn(store, "grace");
    expect(await lastSeen(other, "ada")).toBe(engine === "file" ? 2000 : 1000);
  });

  test("is there when an act beside it fails", async () => {
    const { store, other } = await open();
    const broken = attemptOf("grace", { tokenHash: "token of ada" });
    await expect(store.signIn(broken, AT_ONCE)).rejects.toThrow(DatabaseError);
    await store.writeActivity();
    expect(await lastSeen(other, "ada")).toBe(2000);
  });

  test("is there when the store is closed", async () => {
    const { store, other } = await open();
    await store.close();
    expect(await lastSeen(other, "ada")).toBe(2000);
  });

  test("is never older than its own", async () => {
    const { store, other, sessionId } = await open();
    const later = 2000 + MAX_ACTIVITY_WAIT_MS;
    await other.recordActivity({ seenAt: 1000, sessionId, now: later, idleEndsAt: later + 3000 });
    await other.writeActivity();
    expect(await lastSeen(store, "ada")).toBe(later);
    await store.writeActivity();
    expect(await store.findSession("token of ada")).toMatchObject({
      lastSeenAt: later,
      idleEndsAt: later + 3000,
    });
  });

  test("is there when too many sessions wait", async () => {
    const { store, other } = await open();
    const waiting = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ sessionId: `nobody's ${index}`, seenAt: 1000, now: 2000, idleEndsAt: 5000 },
    }));
    for (const one of waiting.slice(1)) await store.recordActivity(one);
    expect(await lastSeen(other, "ada")).toBe(1000);
    await store.recordActivity(waiting[0] as (typeof waiting)[0]);
    expect(await lastSeen(other, "ada")).toBe(2000);
  });
});

test("who began to read before it was written still sees it", () => {
  const activity = createWaitingActivity();
  const session = { id: "1", lastSeenAt: 1000, idleEndsAt: 4000 };
  const used = { id: "1", lastSeenAt: 2000, idleEndsAt: 5000 };
  activity.add({ seenAt: 1000, sessionId: "1", now: 2000, idleEndsAt: 5000 });
  const look = activity.look();
  const taken = activity.take();
  activity.add({ seenAt: 1000, sessionId: "2", now: 2000, idleEndsAt: 5000 });
  taken.forget();
  expect(look(session)).toEqual(used);
  expect(activity.look()(session)).toEqual(session);
  // What came meanwhile still waits.
  expect(activity.take().activities.map(({ sessionId }) => sessionId)).toEqual(["2"]);
});
