import { describe, expect, test } from "bun:test";

import { checkNonce, createNonce, NONCE_LIFETIME_MS } from "../../src/auth/nonce.ts";
import { createReturnState } from "../../src/auth/return_state.ts";
import { createToken, decodeToken, encodeToken, signBytes } from "../../src/auth/token.ts";
import type { RefusalCode } from "../../src/errors.ts";
import { MACHINE } from "../../src/machine.ts";

const NOW = 1_780_000_000_000;
const HOUR_MS = 3_600_000;
const cookie = createToken(MACHINE.random);
const nonce = createNonce(cookie, { ...MACHINE, now: NOW });
const [salt = "", mac = ""] = nonce.split(".");

const refusal = (code: RefusalCode) => expect.objectContaining({ name: "RefusedRequest", code });

/** A salt of `length` bytes that is good until `expiresAt`, signed for this browser. */
function signSalt(expiresAt: bigint, length = 24): string {
  const bytes = new Uint8Array(Math.max(length, 8));
  new DataView(bytes.buffer).setBigUint64(0, expiresAt);
  const cut = bytes.subarray(0, length);
  return `${encodeToken(cut)}.${encodeToken(signBytes(cut, cookie))}`;
}

/** `text` with the bits `mask` of one of its bytes turned. */
function turnBits(text: string, index: number, mask: number): string {
  const bytes = decodeToken(text) ?? new Uint8Array();
  return encodeToken(bytes.with(index, (bytes.at(index) ?? 0) ^ mask));
}

describe("createNonce", () => {
  test("gives 24 bytes, of which the first eight are the expiry, and their HMAC", () => {
    expect(nonce).toMatch(/^[\w-]{32}\.[\w-]{43}$/);
    const bytes = decodeToken(salt) ?? new Uint8Array();
    expect(new DataView(bytes.buffer).getBigUint64(0)).toBe(BigInt(NOW + NONCE_LIFETIME_MS));
    expect(decodeToken(mac)).toEqual(new Uint8Array(signBytes(bytes, cookie)));
  });

  test("never gives the same twice", () => {
    const nonces = Array.from({ length: 100 }, () => createNonce(cookie, { ...MACHINE, now: NOW }));
    expect(new Set(nonces).size).toBe(100);
  });
});

describe("checkNonce at a time", () => {
  const TIMES: [what: string, now: number, code: RefusalCode | null][] = [
    ["at once", NOW, null],
    ["a millisecond before its end", NOW + NONCE_LIFETIME_MS - 1, null],
    ["at its end", NOW + NONCE_LIFETIME_MS, "nonce_expired"],
    ["a day later", NOW + 24 * HOUR_MS, "nonce_expired"],
    ["an hour before its end", NOW + NONCE_LIFETIME_MS - HOUR_MS, null],
    ["more than an hour before its end", NOW + NONCE_LIFETIME_MS - HOUR_MS - 1, "nonce_expired"],
  ];
  for (const [what, now, code] of TIMES) {
    test(`${what}: ${code ?? "good"}`, () => {
      const check = () => checkNonce(nonce, { signInCookie: cookie, now });
      if (code) expect(check).toThrow(refusal(code));
      else expect(check).not.toThrow();
    });
  }
});

describe("checkNonce refuses", () => {
  const short = decodeToken(mac)?.subarray(1) ?? new Uint8Array();
  const long = new Uint8Array([...(decodeToken(mac) ?? []), 0]);
  const others = createNonce(cookie, { ...MACHINE, now: NOW }).split(".")[1];
  type Row = [what: string, nonce: string | null, code: RefusalCode, signInCookie?: string | null];
  const ROWS: Row[] = [
    ["no nonce", null, "nonce_missing"],
    ["an empty nonce", "", "nonce_missing"],
    ["no nonce where there is no cookie, too", null, "nonce_missing", null],
    ["a nonce where this browser has no cookie", nonce, "nonce_mismatch", null],
    ["a nonce signed with an empty cookie", signEmpty(), "nonce_mismatch", ""],
    ["another browser's nonce", nonce, "nonce_mismatch", createToken(MACHINE.random)],
    ["a nonce for the cookie with a space behind it", nonce, "nonce_mismatch", `${cookie} `],
    ["a single dot", ".", "nonce_mismatch"],
    ["a salt alone", salt, "nonce_mismatch"],
    ["a salt with an empty signature", `${salt}.`, "nonce_mismatch"],
    ["a signature alone", `.${mac}`, "nonce_mismatch"],
    ["the parts in the other order", `${mac}.${salt}`, "nonce_mismatch"],
    ["a third part", `${nonce}.${mac}`, "nonce_mismatch"],
    ["an empty third part", `${nonce}.`, "nonce_mismatch"],
    ["another nonce's signature", `${salt}.${others}`, "nonce_mismatch"],
    ["a signature of 31 bytes", `${salt}.${encodeToken(short)}`, "nonce_mismatch"],
    ["a signature of 33 bytes", `${salt}.${encodeToken(long)}`, "nonce_mismatch"],
    ["a signature with padding", `${nonce}=`, "nonce_mismatch"],
    ["a signature whose last letter has spare bits", spareBits(nonce), "nonce_mismatch"],
    ["a space before", ` ${nonce}`, "nonce_mismatch"],
    ["a line break behind", `${nonce}\n`, "nonce_mismatch"],
    ["letters beyond base64url", `${salt}.${mac.slice(0, -1)}+`, "nonce_mismatch"],
    ["a signed salt of 23 bytes", signSalt(BigInt(NOW + 1000), 23), "nonce_mismatch"],
    ["a signed salt of 25 bytes", signSalt(BigInt(NOW + 1000), 25), "nonce_mismatch"],
    ["a signed salt of seven bytes", signSalt(0n, 7), "nonce_mismatch"],
    ["a signed salt of no bytes", signSalt(0n, 0), "nonce_mismatch"],
    ["a return state", createReturnState("/spa/content.secret12345", cookie), "nonce_mismatch"],
    ["a very long text", "A".repeat(100_000), "nonce_mismatch"],
    ["many dots", ".".repeat(1000), "nonce_mismatch"],
    ["a signed salt that ends in 1970", signSalt(0n), "nonce_expired"],
    ["a signed salt that ends now", signSalt(BigInt(NOW)), "nonce_expired"],
    ["a signed salt that ends too late", signSalt(BigInt(NOW + HOUR_MS + 1)), "nonce_expired"],
    ["a signed salt that never ends", signSalt(2n ** 64n - 1n), "nonce_expired"],
  ];
  for (const [what, text, code, signInCookie = cookie] of ROWS) {
    test(`${what}: ${code}`, () => {
      expect(() => checkNonce(text, { signInCookie, now: NOW })).toThrow(refusal(code));
    });
  }

  test("a nonce of which any one byte is another", () => {
    const check = (text: string) => () => checkNonce(text, { signInCookie: cookie, now: NOW });
    for (const mask of [1, 128]) {
      for (let index = 0; index < 24; index++)
        expect(check(`${turnBits(salt, index, mask)}.${mac}`)).toThrow(refusal("nonce_mismatch"));
      for (let index = 0; index < 32; index++)
        expect(check(`${salt}.${turnBits(mac, index, mask)}`)).toThrow(refusal("nonce_mismatch"));
    }
  });

  test("nothing else: a salt that a test signs is good from now to an hour ahead", () => {
    for (const ahead of [1, HOUR_MS]) {
      const good = signSalt(BigInt(NOW + ahead));
      expect(() => checkNonce(good, { signInCookie: cookie, now: NOW })).not.toThrow();
    }
  });
});

/** A good salt under the empty secret, which anybody could sign with. */
function signEmpty(): string {
  const bytes = decodeToken(salt) ?? new Uint8Array();
  return `${salt}.${encodeToken(signBytes(bytes, ""))}`;
}

/** `text` with another last letter that decodes to the same bytes: two bits of it are not used. */
function spareBits(text: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + letters.charAt(letters.indexOf(text.slice(-1)) + 1);
}
