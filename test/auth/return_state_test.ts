import { describe, expect, test } from "bun:test";

import { createNonce } from "../../src/auth/nonce.ts";
import { createReturnState, readReturnState } from "../../src/auth/return_state.ts";
import { createToken, decodeToken, encodeToken, signBytes } from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";

const cookie = createToken(MACHINE.random);
const state = createReturnState("/spa/content.secret1", cookie);
const [path = "", mac = ""] = state.split(".");
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a return state brings back", () => {
  const PATHS = [
    "/spa",
    "/spa/content.secret1",
    "/spa/zürich",
    "/spa/a.b",
    "//evil.example",
    "",
    "\ufeff/spa",
  ];
  for (const text of PATHS) {
    test(`"${text}" as it was`, () => {
      expect(readReturnState(createReturnState(text, cookie), cookie)).toBe(text);
    });
  }
});

describe("a return state is refused", () => {
  const shorter = decodeToken(mac)?.subarray(1) ?? new Uint8Array();
  const withoutPurpose = `${path}.${encodeToken(signBytes(bytes("/spa/content.secret1"), cookie))}`;
  const withoutCookie = `${path}.${encodeToken(signBytes(bytes("return /spa/content.secret1"), ""))}`;

  const ROWS: [what: string, state: string, signInToken?: string | null][] = [
    ["for another browser", state, createToken(MACHINE.random)],
    ["for a browser without cookie", state, null],
    ["for a browser with an empty cookie", withoutCookie, ""],
    ["with another path", `${encodeToken(bytes("/spa/content.secret2"))}.${mac}`],
    ["with another path's signature", `${path}.${createReturnState("/spa", cookie).split(".")[1]}`],
    ["signed without its purpose", withoutPurpose],
    [
      "that is a nonce of this browser",
      createNonce(cookie, { ...MACHINE, now: 1_780_000_000_000 }),
    ],
    ["that is empty", ""],
    ["that is a path", "/spa"],
    ["without signature", path],
    ["with an empty signature", `${path}.`],
    ["with the parts in the other order", `${mac}.${path}`],
    ["with a third part", `${state}.${mac}`],
    ["with an empty third part", `${state}.`],
    ["with a cut signature", `${path}.${encodeToken(shorter)}`],
    ["with padding", `${state}=`],
    ["with a line break behind", `${state}\n`],
    ["with a very long text", "A".repeat(100_000)],
  ];
  for (const [what, text, signInToken = cookie] of ROWS) {
    test(what, () => expect(readReturnState(text, signInToken)).toBeNull());
  }

  test("with any one byte of its signature changed", () => {
    const signature = decodeToken(mac) ?? new Uint8Array();
    expect(signature).toHaveLength(32);
    for (const [index, byte] of signature.entries()) {
      const changed = encodeToken(signature.with(index, byte ^ 1));
      expect(readReturnState(`${path}.${changed}`, cookie)).toBeNull();
    }
  });
});
