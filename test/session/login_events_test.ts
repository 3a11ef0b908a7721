import { describe, expect, test } from "bun:test";

import type { FoundSession } from "../../db/contract/session.ts";
import { MOMENTS } from "../../src/session/heartbeats.ts";
import { createLoginEvents } from "../../src/session/login_events.ts";
import { type LoginStream, MAX_STREAMS } from "../../src/session/login_streams.ts";

/** Login events whose heartbeats a test sends, and whose reading of sessions it counts. */
function createScene(isFull: () => boolean = () => false) {
  const timers = new Set<() => void>();
  const ended = new Set<string>();
  /** The sessions of each query. */
  const reads: string[][] = [];
  const told: string[] = [];
  const store = {
    findSessionsById: async (ids: readonly string[]) => {
      reads.push([...ids]);
      return ids.filter((id) => !ended.has(id)).map((id) => ({ id }) as FoundSession);
    },
  };
  const events = createLoginEvents({
    store,
    isFull,
    every(_ms, act) {
      timers.add(act);
      return () => timers.delete(act);
    },
  });
  let opened = 0;

  /** Opens a stream of a session; the part before its point is the user. */
  function open(sessionId: string, others: Partial<LoginStream> = {}) {
    const name = `${sessionId} ${(opened += 1)}`;
    return events.follow({
      userId: sessionId.split(".")[0] ?? "",
      sessionId,
      isAlive: async (found) => found?.id === sessionId,
      isProved: () => true,
      tell: (news) => told.push(`${name}: ${news}`),
      end: (why) => told.push(`${name}: ${why}`),
      ...others,
    });
  }

  function beat(): void {
    for (let moment = 0; moment < MOMENTS; moment += 1) for (const act of timers) act();
  }

  /** What was told since the last call, once requests have had a turn. */
  async function takeTold(): Promise<string[]> {
    await new Promise(setImmediate);
    return told.splice(0);
  }

  return { events, store, timers, beat, ended, reads, told, open, takeTold };
}

describe("login events", () => {
  test("are told to each stream of the user, and to no other", async () => {
    const { events, open, takeTold } = createScene();
    for (const session of ["ada.1", "ada.2", "grace.1"]) open(session);
    events.publish("ada");
    expect(await takeTold()).toEqual(["ada.1 1: changed", "ada.2 2: changed"]);
    events.publish("nobody");
    expect(await takeTold()).toEqual([]);
  });

  test("read each session once, however many streams follow it", async () => {
    const { events, timers, beat, open, reads, takeTold } = createScene();
    for (let count = 0; count < 8; count += 1) open("ada.1");
    for (let count = 0; count < 5; count += 1) open("ada.2");
    events.publish("ada");
    expect(await takeTold()).toHaveLength(13);
    expect(reads.splice(0)).toEqual([["ada.1", "ada.2"]]);
    expect(timers.size).toBe(1);
    beat();
    const told = await takeTold();
    expect(told).toHaveLength(13);
    expect(told.every((line) => line.endsWith(": nothing"))).toBe(true);
    expect(reads).toEqual([["ada.1", "ada.2"]]);
  });

  test("end the streams of a session that is over, and of no other", async () => {
    const { events, ended, open, takeTold } = createScene();
    for (const session of ["ada.1", "ada.2", "ada.1"]) open(session);
    ended.add("ada.1");
    events.publish("ada");
    expect((await takeTold()).toSorted()).toEqual([
      "ada.1 1: ended",
      "ada.1 3: ended",
      "ada.2 2: changed",
    ]);
    expect(events.listenerCount).toBe(1);
  });

  test("end the streams of sessions that cannot be read", async () => {
    const { events, store, open, takeTold } = createScene();
    open("ada.1", { isAlive: () => Promise.reject(new Error("locked")) });
    open("ada.2");
    events.publish("ada");
    expect(await takeTold()).toEqual(["ada.1 1: failed", "ada.2 2: changed"]);
    store.findSessionsById = () => Promise.reject(new Error("locked"));
    events.publish("ada");
    expect(await takeTold()).toEqual(["ada.2 2: failed"]);
    expect(events.listenerCount).toBe(0);
  });

  test("are not told to a stream that has gone while its session was read", async () => {
    const { events, open, takeTold } = createScene();
    const reading = Promise.withResolvers<boolean>();
    const isAlive = () => reading.promise;
    const leave = open("ada.1", { isAlive });
    open("ada.1", { isAlive });
    events.publish("ada");
    events.publish("ada");
    leave?.();
    reading.resolve(false);
    // Only the other one, and once.
    expect(await takeTold()).toEqual(["ada.1 2: ended"]);
    expect(events.listenerCount).toBe(0);
  });

  test("are read once more for a change during the reading", async () => {
    const { events, open, reads, takeTold } = createScene();
    const reading = Promise.withResolvers<boolean>();
    open("ada.1", { isAlive: () => reading.promise });
    events.publish("ada");
    events.publish("ada");
    reading.resolve(true);
    expect([...(await takeTold()), ...(await takeTold())]).toEqual([
      "ada.1 1: changed",
      "ada.1 1: changed",
    ]);
    expect(reads).toHaveLength(2);
  });

  test("reach the others when one stream cannot be told", async () => {
    const { events, open, takeTold } = createScene();
    const tell = () => {
      throw new TypeError("closed");
    };
    open("ada.1", { tell });
    open("ada.1");
    events.publish("ada");
    expect(await takeTold()).toEqual(["ada.1 2: changed"]);
    expect(events.listenerCount).toBe(1);
  });

  test("keep nothing of a user whose streams are gone", async () => {
    const { events, timers, open, takeTold } = createScene();
    const [one, other] = [open("ada.1"), open("ada.1")];
    one?.();
    one?.();
    expect(events.listenerCount).toBe(1);
    other?.();
    expect(events.listenerCount).toBe(0);
    expect(timers.size).toBe(0);
    events.publish("ada");
    expect(await takeTold()).toEqual([]);
  });

  test("end when the process shuts down", async () => {
    const { events, timers, open, takeTold } = createScene();
    open("ada.1");
    open("grace.1");
    events.close();
    expect(await takeTold()).toEqual(["ada.1 1: closing", "grace.1 2: closing"]);
    expect(timers.size).toBe(0);
  });
});

describe("ten thousand streams", () => {
  const STREAMS = 10_000;
  const AT_ONCE = 100;

  /** Counts the requests that have a turn until all streams are told. */
  async function countTurns(told: string[]): Promise<number> {
    let turns = 0;
    for (; told.length < STREAMS; turns += 1) await new Promise(setImmediate);
    return turns;
  }

  test("are told a hundred at a time, and requests have their turn between", async () => {
    const { events, open, reads, told } = createScene();
    for (let number = 0; number < STREAMS; number += 1) open(`${number % 5000}.1`);
    for (let number = 0; number < 5000; number += 1) events.publish(`${number}`);
    expect(told.length).toBeLessThanOrEqual(AT_ONCE);
    expect(await countTurns(told)).toBeGreaterThanOrEqual(STREAMS / AT_ONCE);
    expect(Math.max(...reads.map(({ length }) => length))).toBeLessThanOrEqual(AT_ONCE / 2);
    expect(reads.flat()).toHaveLength(5000);
  });

  test("have one timer, their heartbeats at five moments, and a query for a hundred", async () => {
    const { timers, beat, open, reads, told } = createScene();
    for (let number = 0; number < STREAMS; number += 1) open(`${number}.1`);
    expect(timers.size).toBe(1);
    for (const act of timers) act();
    while (told.length < STREAMS / MOMENTS) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(told).toHaveLength(STREAMS / MOMENTS);
    expect(reads).toHaveLength(STREAMS / MOMENTS / AT_ONCE);
    reads.splice(0);
    told.splice(0);
    beat();
    await countTurns(told);
    expect(new Set(told)).toHaveProperty("size", STREAMS);
    expect(reads).toHaveLength(STREAMS / AT_ONCE);
  });

  test("wait with their heartbeats until a change is told", async () => {
    const { events, beat, open, told } = createScene();
    for (let number = 0; number < STREAMS - 1; number += 1) open(`${number}.1`);
    open("ada.1");
    beat();
    events.publish("ada");
    while (!told.some((line) => line.endsWith(": changed"))) await new Promise(setImmediate);
    expect(told.length).toBeLessThanOrEqual(2 * AT_ONCE);
    await countTurns(told);
  });
});

describe("streams", () => {
  test("are at most 8 a session: a ninth takes the place of the oldest", async () => {
    const { events, open, takeTold } = createScene();
    open("ada.2");
    for (let count = 0; count < 8; count += 1) open("ada.1");
    expect(await takeTold()).toEqual([]);
    open("ada.1");
    expect(await takeTold()).toEqual(["ada.1 2: replaced"]);
    expect(events.listenerCount).toBe(9);
  });

  test("are at most 32 a user: another takes the place of the oldest", async () => {
    const { events, open, takeTold } = createScene();
    open("grace.1");
    for (let count = 0; count < MAX_STREAMS.user; count += 1) open(`ada.${count % 5}`);
    expect(await takeTold()).toEqual([]);
    open("ada.9");
    expect(await takeTold()).toEqual(["ada.0 2: replaced"]);
    expect(events.listenerCount).toBe(MAX_STREAMS.user + 1);
  });

  test("are at most 20,000 in all: another has no room", async () => {
    const { events, open, takeTold } = createScene();
    const leave = open("first.1");
    for (let count = 1; count < MAX_STREAMS.all; count += 1) open(`${count}.1`);
    expect(open("ada.1")).toBeNull();
    expect(events.listenerCount).toBe(MAX_STREAMS.all);
    leave?.();
    expect(open("ada.1")).not.toBeNull();
    expect(await takeTold()).toEqual([]);
  });

  test("have no room while descriptors are short", () => {
    let isFull = true;
    const { events, timers, open } = createScene(() => isFull);
    expect(open("ada.1")).toBeNull();
    expect(events.listenerCount).toBe(0);
    expect(timers.size).toBe(0);
    isFull = false;
    expect(open("ada.1")).not.toBeNull();
  });
});
