import { describe, expect, test } from "bun:test";

import { safeJson, safeLine, safeLines } from "../../src/commands/safe_text.ts";

const HOSTILE: [what: string, text: string, line: string][] = [
  ["colors", "\u001b[31mRed", "\\u{1b}[31mRed"],
  ["a title of the window", "\u001b]0;mine\u0007", "\\u{1b}]0;mine\\u{7}"],
  ["escapes of one byte", "a\u009b2Jb", "a\\u{9b}2Jb"],
  ["line breaks", "a\nb\rc\u2028d\u2029e\u0085f", "a\\u{a}b\\u{d}c\\u{2028}d\\u{2029}e\\u{85}f"],
  ["backspaces and deletes", "a\b\u007fb", "a\\u{8}\\u{7f}b"],
  ["turned text", "a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
  ["hidden text", "a\u200b\ufeff\u{e0041}b", "a\\u{200b}\\u{feff}\\u{e0041}b"],
  ["half a character", "a\ud83db", "a\\u{d83d}b"],
  [
    "what names need",
    "می\u200cخواهم 👩\u200d💻 Ångström 王",
    "می\u200cخواهم 👩\u200d💻 Ångström 王",
  ],
];

describe("text for a terminal", () => {
  for (const [what, text, line] of HOSTILE) {
    test(`shows ${what}, and obeys nothing`, () => {
      expect(safeLine(text)).toBe(line);
      const json = safeJson({ text });
      expect(json).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(json)).toEqual({ text });
    });
  }

  test("keeps the lines of a text of several lines", () => {
    expect(safeLines("a\nb\u001bc\n")).toBe("a\nb\\u{1b}c\n");
  });
});
