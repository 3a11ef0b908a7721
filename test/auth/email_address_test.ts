import { describe, expect, test } from "bun:test";

import { isEmailAddress, readDomain, readEmailAddress } from "../../src/auth/email_address.ts";

// Each text, whether a token may hold it, and what an invitation or the configuration makes of it.
const ROWS: [text: string, isInToken: boolean, typed: string | null][] = [
  ["ada@gmail.com", true, "ada@gmail.com"],
  ["Ada@Example.COM", true, "ada@example.com"],
  ["ada+x@a-b.example.com", true, "ada+x@a-b.example.com"],
  [`${"a".repeat(64)}@example.com`, true, `${"a".repeat(64)}@example.com`],
  [`${"a".repeat(65)}@example.com`, true, null],
  [`a@${"b".repeat(63)}.com`, true, `a@${"b".repeat(63)}.com`],
  [`a@${"b".repeat(64)}.com`, true, null],
  ["ädа@gmail.com", true, null],
  ["ada@ＧＭＡＩＬ.com", true, null],
  ["ada@localhost", true, null],
  ["ada@.com", true, null],
  ["ada@-a.com", true, null],
  ["ada@a..com", true, null],
  ["ada@a.com.", true, null],
  ["", false, null],
  ["ada", false, null],
  ["@", false, null],
  ["@example.com", false, null],
  ["ada@", false, null],
  ["a@b@example.com", false, null],
  ["a b@example.com", false, null],
  ["ada@example.com\n", false, null],
  ["ada\0@example.com", false, null],
  ["ada@example\0.com", false, null],
  ["ada\uD83D@example.com", false, null],
  ["ada@example.com\uDC00", false, null],
  ["ada👩@example.com", true, null],
  ['"ada"@example.com', false, null],
  ["<hx-a>@example.com", false, null],
  [`${"a".repeat(64)}@${"b.".repeat(94)}c`, true, `${"a".repeat(64)}@${"b.".repeat(94)}c`],
  [`${"a".repeat(64)}@${"b.".repeat(94)}cc`, false, null],
];

describe("an email address", () => {
  for (const [text, isInToken, typed] of ROWS) {
    test(`${JSON.stringify(text.slice(0, 40))} is read as ${typed?.slice(0, 40) ?? "none"}`, () => {
      expect(isEmailAddress(text)).toBe(isInToken);
      expect(readEmailAddress(text)).toBe(typed);
    });
  }

  test("is text", () => {
    for (const value of [undefined, null, 1, {}, ["a@b.c"]])
      expect(isEmailAddress(value)).toBe(false);
  });

  test("has a domain in ASCII lower case", () => {
    expect(readDomain("Example.COM")).toBe("example.com");
    for (const text of ["com", "", "a b.com", "ä.com", `${"a.".repeat(127)}com`]) {
      expect(readDomain(text)).toBeNull();
    }
  });
});
