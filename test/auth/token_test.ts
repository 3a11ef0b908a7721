import { describe, expect, test } from "bun:test";

import {
  createToken,
  decodeToken,
  encodeToken,
  hashToken,
  isSameBytes,
  isSameText,
  isToken,
  signBytes,
} from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";

const bytes = (...values: number[]) => new Uint8Array(values);
const name = (text: string | null) => JSON.stringify(text).slice(0, 60);

describe("createToken", () => {
  const tokens = Array.from({ length: 1000 }, () => createToken(MACHINE.random));

  test("gives tokens of 32 bytes in 43 characters", () => {
    for (const token of tokens) {
      expect(isToken(token)).toBe(true);
      expect(decodeToken(token)).toHaveLength(32);
    }
  });

  test("never gives the same twice, and uses every character", () => {
    expect(new Set(tokens).size).toBe(1000);
    expect(new Set(tokens.join("")).size).toBe(64);
  });
});

describe("isToken", () => {
  const ROWS: [text: string | null, expected: boolean][] = [
    ["A".repeat(43), true],
    ["-_09azAZ".padEnd(43, "x"), true],
    [null, false],
    ["", false],
    ["A".repeat(42), false],
    ["A".repeat(44), false],
    [`${"A".repeat(43)}\n`, false],
    [`\n${"A".repeat(43)}`, false],
    [` ${"A".repeat(42)}`, false],
    [`${"A".repeat(42)}=`, false],
    [`${"A".repeat(42)}+`, false],
    [`${"A".repeat(42)}/`, false],
    [`${"A".repeat(42)}.`, false],
    [`${"A".repeat(42)}é`, false],
    [`${"A".repeat(42)}\u0000`, false],
  ];
  for (const [text, expected] of ROWS) {
    test(`takes ${name(text)}: ${expected}`, () => expect(isToken(text)).toBe(expected));
  }
});

describe("hashToken", () => {
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  const ROWS: [text: string, hash: string][] = [
    ["", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],
    ["abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"],
  ];
  for (const [text, hash] of ROWS) {
    test(`of ${name(text)} is its SHA-256`, () => expect(hashToken(text)).toBe(hash));
  }

  test("reads a text as UTF-8", async () => {
    const digest = await crypto.subtle.digest("SHA-256", bytes(0xc3, 0xa9));
    expect(hashToken("é")).toBe(encodeToken(new Uint8Array(digest)));
  });
});

test("signBytes is HMAC-SHA256", () => {
  // https://www.rfc-editor.org/rfc/rfc4231#section-4.3
  const mac = signBytes(new TextEncoder().encode("what do ya want for nothing?"), "Jefe");
  expect(new Uint8Array(mac).toHex()).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

describe("isSameText", () => {
  const ROWS: [one: string, other: string, expected: boolean][] = [
    ["", "", true],
    ["a", "a", true],
    ["é👩‍🔬", "é👩‍🔬", true],
    ["a", "", false],
    ["a", "b", false],
    ["a", "A", false],
    ["ab", "a", false],
    ["a", "a\u0000", false],
    ["a ", "a", false],
    // As many characters, but not as many bytes; and the other way round.
    ["é", "e", false],
    ["é", "ee", false],
    ["é", "e\u0301", false],
  ];
  for (const [one, other, expected] of ROWS) {
    test(`of ${name(one)} and ${name(other)}: ${expected}`, () => {
      expect(isSameText(one, other)).toBe(expected);
      expect(isSameText(other, one)).toBe(expected);
    });
  }
});

describe("isSameBytes", () => {
  const ROWS: [one: Uint8Array, other: Uint8Array, expected: boolean][] = [
    [bytes(), bytes(), true],
    [bytes(1, 2), bytes(1, 2), true],
    [bytes(0, 1, 2).subarray(1), bytes(1, 2), true],
    [bytes(1, 2), bytes(1, 3), false],
    [bytes(1, 2), bytes(3, 2), false],
    [bytes(1, 2), bytes(2, 1), false],
    [bytes(1, 2), bytes(1, 2, 0), false],
    [bytes(1, 2), bytes(1), false],
    [bytes(), bytes(0), false],
  ];
  for (const [one, other, expected] of ROWS) {
    test(`of [${one}] and [${other}]: ${expected}`, () => {
      expect(isSameBytes(one, other)).toBe(expected);
    });
  }
});

describe("base64url", () => {
  const BOTH: [text: string, decoded: Uint8Array][] = [
    ["", bytes()],
    ["AA", bytes(0)],
    ["_w", bytes(255)],
    ["-_8", bytes(251, 255)],
    ["-___", bytes(251, 255, 255)],
    ["AAECAw", bytes(0, 1, 2, 3)],
  ];
  for (const [text, decoded] of BOTH) {
    test(`${name(text)} is [${decoded}], and [${decoded}] is ${name(text)}`, () => {
      expect(decodeToken(text)).toEqual(new Uint8Array(decoded));
      expect(encodeToken(decoded)).toBe(text);
    });
  }

  const REFUSED: [what: string, text: string][] = [
    ["padding", "AA=="],
    ["half of its padding", "AA="],
    ["padding alone", "="],
    ["ordinary base64's plus", "-+8"],
    ["ordinary base64's slash", "/w"],
    ["a single character", "A"],
    ["a single character at the end", "AAAAA"],
    ["spare bits behind one byte", "AB"],
    ["all spare bits behind one byte", "AP"],
    ["spare bits behind two bytes", "AAB"],
    ["a space before", " AA"],
    ["a space within", "A A"],
    ["a line break behind", "AA\n"],
    ["a dot", "AA.AA"],
    ["an escape", "%41A"],
    ["a letter beyond ASCII", "AAé"],
    ["a null character", "AA\u0000"],
  ];
  for (const [what, text] of REFUSED) {
    test(`with ${what} is refused`, () => expect(decodeToken(text)).toBeNull());
  }
});

test("somebody's invalid key does not fail the next signature", async () => {
  const offTheCurve = { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) };
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const before = signBytes(new Uint8Array(8), "secret");
  const imported = crypto.subtle.importKey("jwk", offTheCurve, algorithm, true, ["verify"]);
  await expect(imported).rejects.toThrow();
  expect(signBytes(new Uint8Array(8), "secret")).toEqual(before);
});
