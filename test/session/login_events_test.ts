import { describe, expect, test } from "bun:test";

import { createLoginEvents, MAX_STREAMS } from "../../src/session/login_events.ts";

/** Login events whose heartbeats a test sends, and sessions whose readings it counts. */
function createScene(isFull: () => boolean = () => false) {
  const beats = new Set<() => void>();
  const ended = new Set<string>();
  const reads: string[] = [];
  const told: string[] = [];
  const events = createLoginEvents({
    isFull,
    every(_ms, act) {
      beats.add(act);
      return () => beats.delete(act);
    },
  });
  let opened = 0;

  /** Opens a stream of a session; the part before its point is the user. */
  function open(sessionId: string, isAlive = async () => !ended.has(sessionId)) {
    const name = `${sessionId} ${(opened += 1)}`;
    return events.follow({
      userId: sessionId.split(".")[0] ?? "",
      sessionId,
      isAlive() {
        reads.push(sessionId);
        return isAlive();
      },
      isProved: () => true,
      tell: (news) => told.push(`${name}: ${news}`),
      end: (why) => told.push(`${name}: ${why}`),
    });
  }

  /** What was told since the last call, once all readings are over. */
  async function takeTold(): Promise<string[]> {
    await new Promise(setImmediate);
    return told.splice(0);
  }

  return { events, beats, ended, reads, open, takeTold };
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
    const { events, beats, open, reads, takeTold } = createScene();
    for (let count = 0; count < 8; count += 1) open("ada.1");
    for (let count = 0; count < 5; count += 1) open("ada.2");
    events.publish("ada");
    expect(await takeTold()).toHaveLength(13);
    expect(reads.splice(0)).toEqual(["ada.1", "ada.2"]);
    expect(beats.size).toBe(1);
    for (const beat of beats) beat();
    const told = await takeTold();
    expect(told).toHaveLength(13);
    expect(told.every((line) => line.endsWith(": nothing"))).toBe(true);
    expect(reads).toEqual(["ada.1", "ada.2"]);
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

  test("end the streams of a session that cannot be read", async () => {
    const { events, open, takeTold } = createScene();
    open("ada.1", () => Promise.reject(new Error("locked")));
    events.publish("ada");
    expect(await takeTold()).toEqual(["ada.1 1: failed"]);
    expect(events.listenerCount).toBe(0);
  });

  test("are not told to a stream that has gone while its session was read", async () => {
    const { events, open, takeTold } = createScene();
    const reading = Promise.withResolvers<boolean>();
    const leave = open("ada.1", () => reading.promise);
    open("ada.1");
    events.publish("ada");
    events.publish("ada");
    leave?.();
    reading.resolve(false);
    // Only the other one, and once.
    expect(await takeTold()).toEqual(["ada.1 2: ended"]);
    expect(events.listenerCount).toBe(0);
  });

  test("keep nothing of a user whose streams are gone", async () => {
    const { events, beats, open, takeTold } = createScene();
    const [one, other] = [open("ada.1"), open("ada.1")];
    one?.();
    one?.();
    expect(events.listenerCount).toBe(1);
    other?.();
    expect(events.listenerCount).toBe(0);
    expect(beats.size).toBe(0);
    events.publish("ada");
    expect(await takeTold()).toEqual([]);
  });

  test("end when the process shuts down", async () => {
    const { events, beats, open, takeTold } = createScene();
    open("ada.1");
    open("grace.1");
    events.close();
    expect(await takeTold()).toEqual(["ada.1 1: closing", "grace.1 2: closing"]);
    expect(beats.size).toBe(0);
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
    const { events, beats, open } = createScene(() => isFull);
    expect(open("ada.1")).toBeNull();
    expect(events.listenerCount).toBe(0);
    expect(beats.size).toBe(0);
    isFull = false;
    expect(open("ada.1")).not.toBeNull();
  });
});
