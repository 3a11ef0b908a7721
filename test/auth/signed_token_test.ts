import { describe, expect, test } from "bun:test";

import { findSigningKey, isVisibleAscii, refuseClaim } from "../../src/auth/signed_token.ts";
import { RefusedRequest } from "../../src/errors.ts";

const { publicKey } = (await crypto.subtle.generateKey("Ed25519", false, [
  "sign",
  "verify",
])) as CryptoKeyPair;

const encode = (value: unknown) =>
  new TextEncoder()
    .encode(typeof value === "string" ? value : JSON.stringify(value))
    .toBase64({ alphabet: "base64url", omitPadding: true });
const header = encode({ alg: "RS256", kid: "key-1" });

/** Looks for the key of `token`, and says for which ids it was asked. */
async function find(token: string) {
  const asked: string[] = [];
  const keys = async (kid: string) => {
    asked.push(kid);
    return publicKey;
  };
  const key = await findSigningKey(token, { find: keys }).catch((error: unknown) => error);
  return { key, asked };
}

describe("findSigningKey", () => {
  const TAKEN: [what: string, token: string, kid: string][] = [
    [
      "in a header with more",
      `${encode({ alg: "RS256", kid: "1", typ: "x", jwk: {} })}.e30.AA`,
      "1",
    ],
    ["with spaces in it", `${encode({ alg: "RS256", kid: " a b " })}.e30.AA`, " a b "],
    ["that is a path", `${encode({ alg: "RS256", kid: "../keys" })}.e30.AA`, "../keys"],
    ["that is long", `${encode({ alg: "RS256", kid: "k".repeat(9000) })}.e30.AA`, "k".repeat(9000)],
    ["written twice: the last", `${encode('{"alg":"RS256","kid":"1","kid":"2"}')}.e30.AA`, "2"],
    // Whether a signature is good, empty or not is for the one to say who has the key.
    ["of a token without signature", `${header}.e30.`, "key-1"],
  ];
  for (const [what, token, kid] of TAKEN) {
    test(`asks for a key id ${what}`, async () => {
      expect(await find(token)).toEqual({ key: publicKey, asked: [kid] });
    });
  }

  const MALFORMED: [what: string, token: string][] = [
    ["nothing", ""],
    ["a word", "hello"],
    ["two dots", ".."],
    ["two parts", `${header}.e30`],
    ["four parts", `${header}.e30.AA.AA`],
    ["five parts, as an encrypted token has", `${header}.AA.AA.AA.AA`],
    ["an empty header", ".e30.AA"],
    ["an empty payload", `${header}..AA`],
    ["a space before", ` ${header}.e30.AA`],
    ["a space behind", `${header}.e30.AA `],
    ["a line break behind", `${header}.e30.AA\n`],
    ["padding", `${header}.e30.AA==`],
    ["ordinary base64", `${header}.e30.a+/a`],
    ["a letter beyond ASCII", `${header}.e30.é`],
    ["a JSON token", JSON.stringify({ protected: header, payload: "e30", signature: "AA" })],
    ["a header that is no JSON", `${encode("{alg")}.e30.AA`],
    ["a header that is a list", `${encode(["RS256"])}.e30.AA`],
    ["a header that is a text", `${encode('"RS256"')}.e30.AA`],
    ["a header that is null", `${encode("null")}.e30.AA`],
    ["a header of one character", "A.e30.AA"],
  ];
  for (const [what, token] of MALFORMED) {
    test(`takes ${what} for no token`, async () => {
      const { key, asked } = await find(token);
      expect(key).toMatchObject({ name: "RefusedRequest", code: "malformed_credential" });
      expect(asked).toEqual([]);
    });
  }

  const WRONG: [what: string, header: unknown, part: string][] = [
    ["no alg", { kid: "1" }, "alg"],
    ["alg none", { alg: "none", kid: "1" }, "alg"],
    ["alg HS256", { alg: "HS256", kid: "1" }, "alg"],
    ["alg RS512", { alg: "RS512", kid: "1" }, "alg"],
    ["alg RS256 with a space", { alg: "RS256 ", kid: "1" }, "alg"],
    ["alg in a list", { alg: ["RS256"], kid: "1" }, "alg"],
    ["an inherited alg", '{"__proto__":{"alg":"RS256"},"kid":"1"}', "alg"],
    ["no kid", { alg: "RS256" }, "kid"],
    ["an empty kid", { alg: "RS256", kid: "" }, "kid"],
    ["a kid that is a number", { alg: "RS256", kid: 1 }, "kid"],
    ["a kid that is null", { alg: "RS256", kid: null }, "kid"],
    ["crit", { alg: "RS256", kid: "1", crit: ["b64"] }, "crit"],
    ["crit that is null", { alg: "RS256", kid: "1", crit: null }, "crit"],
  ];
  for (const [what, wrong, part] of WRONG) {
    test(`asks for no key where the header has ${what}`, async () => {
      const { key, asked } = await find(`${encode(wrong)}.e30.AA`);
      expect(key).toMatchObject({
        code: "invalid_credential",
        cause: { message: `The token's "${part}" is not acceptable` },
      });
      expect(asked).toEqual([]);
    });
  }

  test("passes on why there is no key", async () => {
    const refusal = new RefusedRequest("keys_unavailable");
    const finding = findSigningKey(`${header}.e30.AA`, {
      find: () => Promise.reject(refusal),
    });
    expect(await finding.catch((error: unknown) => error)).toBe(refusal);
  });
});

describe("refuseClaim", () => {
  const ROWS = [
    [undefined, "invalid_credential"],
    ["expired_credential", "expired_credential"],
    ["not_yet_valid", "not_yet_valid"],
  ] as const;
  for (const [code, expected] of ROWS) {
    test(`with ${code ?? "no code"} is ${expected}, and names the claim`, () => {
      const { cause, ...refusal } = refuseClaim("iat", code);
      expect(refusal).toMatchObject({ code: expected, status: 401, person: null });
      expect(cause).toEqual(new Error('The token\'s "iat" is not acceptable'));
    });
  }
});

describe("isVisibleAscii", () => {
  const ROWS: [what: string, value: unknown, expected: boolean][] = [
    ["the first visible character", "!", true],
    ["the last visible character", "~", true],
    ["255 characters", "a".repeat(255), true],
    ["256 characters", "a".repeat(256), false],
    ["nothing", "", false],
    ["a space", " ", false],
    ["a space within", "a b", false],
    ["a line break behind", "a\n", false],
    ["a line break before", "\na", false],
    ["the character behind the last visible one", "\u007F", false],
    ["a null character", "a\u0000", false],
    ["a letter beyond ASCII", "é", false],
    ["a wide digit", "１", false],
    ["a number", 1, false],
    ["true", true, false],
    ["null", null, false],
    ["undefined", undefined, false],
    ["a list of one text", ["a"], false],
    ["an object that is written as text", { toString: () => "a" }, false],
  ];
  for (const [what, value, expected] of ROWS) {
    test(`takes ${what}: ${expected}`, () => expect(isVisibleAscii(value)).toBe(expected));
  }
});
