import { expect, test } from "bun:test";

import { isAuthTime, isMethodList } from "../../src/auth/session_claims.ts";

const NOW_S = 1_780_000_000;
const LONGEST = "~".repeat(40);

const TIMES: [claim: unknown, isTime: boolean][] = [
  [0, true],
  [NOW_S, true],
  [NOW_S + 60, true],
  [NOW_S - 0.5, true],
  [NOW_S + 60.001, false],
  [-0.001, false],
  [Number.NaN, false],
  [Infinity, false],
  [`${NOW_S}`, false],
  [[NOW_S], false],
  [null, false],
  [undefined, false],
];
test.each(TIMES)("auth_time %p can have been: %p", (claim, isTime) =>
  expect(isAuthTime(claim, NOW_S)).toBe(isTime),
);

const LISTS: [claim: unknown, isList: boolean][] = [
  [[], true],
  [["hwk", "mfa"], true],
  [["x-of-tomorrow"], true],
  [Array(20).fill(LONGEST), true],
  [Array(21).fill("hwk"), false],
  [[`${LONGEST}~`], false],
  [["hwk", ""], false],
  [["h k"], false],
  [["hwk\n"], false],
  [["é"], false],
  [["hwk", 1], false],
  [[["hwk"]], false],
  ["hwk", false],
  [{ 0: "hwk", length: 1 }, false],
  [null, false],
  [undefined, false],
];
test.each(LISTS)("amr %j is a list of methods: %p", (claim, isList) =>
  expect(isMethodList(claim)).toBe(isList),
);
