import { describe, expect, test } from "bun:test";

import { readFedCmToken } from "../../../../views/browser/sign_in/fedcm_token.ts";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";

describe("readFedCmToken", () => {
  const GOOD: [shape: string, token: unknown][] = [
    ["a bare JWT", JWT],
    [
      "JSON text with id_token",
      JSON.stringify({ iss: "https://accounts.google.com", id_token: JWT }),
    ],
    ["JSON text with token", JSON.stringify({ token: JWT })],
    ["JSON text behind white space", `\n ${JSON.stringify({ id_token: JWT })}`],
    ["an object with id_token", { id_token: JWT, iss: "https://accounts.google.com" }],
    ["an object with token", { token: JWT }],
    ["an object with both: id_token counts", { token: "another", id_token: JWT }],
  ];
  for (const [shape, token] of GOOD) {
    test(`finds the token in ${shape}`, () => expect(readFedCmToken(token)).toBe(JWT));
  }

  const BAD: unknown[] = [
    undefined,
    null,
    "",
    0,
    1,
    true,
    [],
    [JWT],
    {},
    { id_token: "" },
    { id_token: 1 },
    { id_token: { token: JWT } },
    { token: null },
    "{",
    "{}",
    '{"id_token":',
    '{"id_token":[]}',
    '{"idToken":"x"}',
    "{null}",
  ];
  for (const token of BAD) {
    test(`finds none in ${JSON.stringify(token)}`, () => expect(readFedCmToken(token)).toBeNull());
  }
});
