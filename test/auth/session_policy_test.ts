import { describe, expect, test } from "bun:test";

import type { SessionRecord } from "../../db/contract/session.ts";
import {
  endOfSession,
  isRecent,
  judgeSession,
  ROTATION_GRACE_MS,
} from "../../src/auth/session_policy.ts";

const NOW = 1_780_000_000_000;
const MAX_AGE_MS = 600_000;
const LIFETIME_MS = 86_400_000;
const FAR = NOW + 10 * LIFETIME_MS;
const limits = { sessionMaxAgeMs: MAX_AGE_MS, sessionLifetimeMs: LIFETIME_MS };

type Changes = Partial<SessionRecord>;

/** A session in its middle: used a moment ago, renewed a while ago, and with nothing to be written down. */
function session(changes: Changes): SessionRecord {
  return {
    id: "session",
    user: {
      id: "user",
      email: "ada@gmail.com",
      name: "Ada",
      picture: null,
      hostedDomain: null,
      disabledAt: null,
      googleDisabledAt: null,
      adminSince: null,
    },
    createdAt: NOW - 3_600_000,
    lastSeenAt: NOW - 1000,
    expiresAt: NOW + LIFETIME_MS - 3_600_000,
    idleEndsAt: NOW - 1000 + MAX_AGE_MS,
    generation: 3,
    renewedAt: NOW - 100_000,
    offeredAt: null,
    endedByAdminAt: null,
    boundAt: null,
    amr: null,
    token: { generation: 3, supersededAt: null, boundUntil: null },
    ...changes,
  };
}

const judge = (changes: Changes, isBackground = false) =>
  judgeSession(session(changes), { now: NOW, limits, isBackground });

const replaced = (supersededAt: number): Changes => ({
  token: { generation: 2, supersededAt, boundUntil: null },
});
const successor: Changes = { token: { generation: 4, supersededAt: null, boundUntil: null } };

describe("judgeSession says that a session", () => {
  const STATES: [
    what: string,
    changes: Changes,
    state: "idle" | "too_old" | "suspicion" | "alive",
  ][] = [
    ["in its middle", {}, "alive"],
    ["a millisecond before it is too long idle", { idleEndsAt: NOW + 1 }, "alive"],
    ["that is too long idle now", { idleEndsAt: NOW }, "idle"],
    ["that was too long idle before", { idleEndsAt: NOW - 1 }, "idle"],
    ["a millisecond before its end", { expiresAt: NOW + 1 }, "alive"],
    ["whose idle time and lifetime end together", { idleEndsAt: NOW, expiresAt: NOW }, "too_old"],
    ["whose idle time ended before its lifetime", { idleEndsAt: NOW - 1, expiresAt: NOW }, "idle"],
    ["at its end", { expiresAt: NOW }, "too_old"],
    ["behind its end", { expiresAt: NOW - 1 }, "too_old"],
    // The two ends were written while the limits were higher.
    [
      "seen just within a lowered maximum age",
      { lastSeenAt: NOW - MAX_AGE_MS + 1, idleEndsAt: FAR },
      "alive",
    ],
    [
      "seen before a lowered maximum age",
      { lastSeenAt: NOW - MAX_AGE_MS, idleEndsAt: FAR },
      "idle",
    ],
    [
      "begun just within a lowered lifetime",
      { createdAt: NOW - LIFETIME_MS + 1, expiresAt: FAR },
      "alive",
    ],
    [
      "begun before a lowered lifetime",
      { createdAt: NOW - LIFETIME_MS, expiresAt: FAR },
      "too_old",
    ],
    [
      "begun and seen later than now, by a clock set back",
      { createdAt: NOW + 5000, lastSeenAt: NOW + 5000 },
      "alive",
    ],
    ["whose value was replaced now", replaced(NOW), "alive"],
    ["whose value was replaced, and the clock set back a little", replaced(NOW + 5000), "alive"],
    [
      "whose value was replaced, and the clock set back an hour",
      replaced(NOW + 3_600_000),
      "suspicion",
    ],
    ["whose value is at the end of its grace", replaced(NOW - ROTATION_GRACE_MS), "alive"],
    ["whose value is behind its grace", replaced(NOW - ROTATION_GRACE_MS - 1), "suspicion"],
    ["whose value was replaced long ago", replaced(0), "suspicion"],
    ["that is too old, and its value replaced, too", { ...replaced(0), idleEndsAt: NOW }, "idle"],
    ["whose value is a successor", successor, "alive"],
  ];
  for (const [what, changes, state] of STATES) {
    test(`${what} is ${state}`, () => {
      expect(judge(changes).state).toBe(state);
      // A background request keeps nobody signed in, and signs nobody out either.
      expect(judge(changes, true).state).toBe(state);
    });
  }

  test("that is not alive has nothing to be written down", () => {
    expect(judge({ idleEndsAt: NOW })).toEqual({ state: "idle" });
    expect(judge(replaced(0))).toEqual({ state: "suspicion" });
  });
});

describe("judgeSession has written down", () => {
  type Note = "isFirstUse" | "isActivity" | "mayRotate";
  const seen = (ms: number): Changes => ({ lastSeenAt: NOW - ms });
  const due: Changes = { renewedAt: NOW - MAX_AGE_MS / 2 };
  const offered = (ms: number): Changes => ({ ...due, offeredAt: NOW - ms });

  const NOTES: [what: string, changes: Changes, notes: Note[], inBackground: Note[]][] = [
    ["nothing in the middle of a session", {}, [], []],
    ["no activity just before a tenth of the maximum age", seen(59_999), [], []],
    ["activity after a tenth of the maximum age", seen(60_000), ["isActivity"], []],
    ["activity just before the end", seen(MAX_AGE_MS - 1), ["isActivity"], []],
    ["no activity where the clock was set back a little", seen(-59_999), [], []],
    ["activity where the clock was set back by more", seen(-60_000), ["isActivity"], []],
    ["no renewal just before half of the maximum age", { renewedAt: NOW - 299_999 }, [], []],
    ["a renewal after half of the maximum age", due, ["mayRotate"], []],
    ["no renewal where the clock was set back a little", { renewedAt: NOW + 5000 }, [], []],
    ["a renewal where it was set back an hour", { renewedAt: NOW + 3_600_000 }, ["mayRotate"], []],
    ["a renewal where that happened after an offer", offered(-3_600_000), ["mayRotate"], []],
    ["no second renewal while a value is offered", offered(ROTATION_GRACE_MS - 1), [], []],
    ["no second renewal at once", offered(0), [], []],
    [
      "a renewal once an offered value was waited for",
      offered(ROTATION_GRACE_MS),
      ["mayRotate"],
      [],
    ],
    ["a renewal long after an offered value was lost", offered(240_000), ["mayRotate"], []],
    ["no renewal for a value that was replaced", { ...due, ...replaced(NOW - 1000) }, [], []],
    [
      "the first use of a successor, without renewal",
      { ...due, ...successor },
      ["isFirstUse"],
      ["isFirstUse"],
    ],
    [
      "the first use of a value two generations on",
      { token: { generation: 5, supersededAt: null, boundUntil: null } },
      ["isFirstUse"],
      ["isFirstUse"],
    ],
    [
      "no renewal for a sibling of the value that was presented first",
      { ...due, token: { generation: 3, supersededAt: NOW, boundUntil: null } },
      [],
      [],
    ],
    ["activity and renewal together", { ...due, ...seen(60_000) }, ["isActivity", "mayRotate"], []],
    [
      "first use and activity together",
      { ...successor, ...seen(60_000) },
      ["isFirstUse", "isActivity"],
      ["isFirstUse"],
    ],
  ];
  for (const [what, changes, notes, inBackground] of NOTES) {
    const alive = (expected: Note[]) => ({
      state: "alive" as const,
      isFirstUse: expected.includes("isFirstUse"),
      isActivity: expected.includes("isActivity"),
      mayRotate: expected.includes("mayRotate"),
    });
    test(what, () => expect(judge(changes)).toEqual(alive(notes)));
    test(`${what}, in the background`, () =>
      expect(judge(changes, true)).toEqual(alive(inBackground)));
  }
});

describe("endOfSession is", () => {
  const ENDS: [what: string, expiresAt: number, end: number][] = [
    ["the maximum age from now", NOW + LIFETIME_MS, NOW + MAX_AGE_MS],
    ["the same where the lifetime ends then", NOW + MAX_AGE_MS, NOW + MAX_AGE_MS],
    ["the lifetime's end where that is earlier", NOW + MAX_AGE_MS - 1, NOW + MAX_AGE_MS - 1],
    ["the lifetime's end even if it is over", NOW - 1, NOW - 1],
  ];
  for (const [what, expiresAt, end] of ENDS) {
    test(what, () => {
      expect(endOfSession(NOW, { expiresAt, sessionMaxAgeMs: MAX_AGE_MS })).toBe(end);
    });
  }
});

describe("isRecent takes a session that began", () => {
  const BEGINNINGS: [what: string, createdAt: number, expected: boolean][] = [
    ["now", NOW, true],
    ["just within ten minutes", NOW - 599_999, true],
    ["ten minutes ago", NOW - 600_000, false],
    ["in 1970", 0, false],
    ["a moment later than now, by a clock set back", NOW + 5000, true],
  ];
  for (const [what, createdAt, expected] of BEGINNINGS) {
    test(`${what} for ${expected ? "recent" : "not recent"}`, () => {
      expect(isRecent({ createdAt }, NOW)).toBe(expected);
    });
  }
});
