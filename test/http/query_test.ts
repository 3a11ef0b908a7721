import { describe, expect, test } from "bun:test";

import { readQuery } from "../../src/http/query.ts";

describe("readQuery", () => {
  const ROWS: [query: string, expected: string | null][] = [
    ["", ""],
    ["q=", ""],
    ["q", ""],
    ["q=a", "a"],
    ["p=1&q=a&r=2", "a"],
    ["q=12345", "12345"],
    ["q=123456", null],
    ["q=%C3%A9+%26", "é &"],
    ["q=%zz", "%zz"],
    ["q=%FF", "\uFFFD"],
    ["q=a%00b", "a\uFFFDb"],
    // Characters count as JavaScript counts them.
    ["q=%F0%9F%91%A9%F0%9F%91%A9", "👩👩"],
    ["q=%F0%9F%91%A9%F0%9F%91%A9%F0%9F%91%A9", null],
    ["Q=a", ""],
    ["q[]=a", ""],
    ["qq=a", ""],
    ["q=a&q=b", null],
    ["q=a&q=a", null],
    ["q=a&q=", null],
    ["q&q", null],
    ["q=a;q=b", "a;q=b"],
    [`q=${"a".repeat(100_000)}`, null],
  ];
  for (const [query, expected] of ROWS) {
    test(`of "${query.slice(0, 50)}" is ${expected === null ? "refused" : JSON.stringify(expected)}`, () => {
      const read = () => readQuery(new URLSearchParams(query), "q", 5);
      if (expected !== null) return expect(read()).toBe(expected);
      expect(read).toThrow(
        expect.objectContaining({
          code: "bad_parameter",
          cause: new Error('The parameter "q" must come once, with at most 5 characters'),
        }),
      );
    });
  }
});
