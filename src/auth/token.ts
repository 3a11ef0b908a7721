import type { Random } from "../machine.ts";

const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[\w-]{43}$/;

/** Creates a session token or sign-in token: 256 random bits in 43 characters of base64url. */
export function createToken(random: Random): string {
  return encodeToken(random.bytes(TOKEN_BYTES));
}

/** Whether `text` has the shape of our tokens; nothing else is worth a look-up. */
export function isToken(text: string | null): text is string {
  return text !== null && TOKEN_SHAPE.test(text);
}

/** The SHA-256 of `text`, in base64url. The database stores only this of a token or a nonce. */
export function hashToken(text: string): string {
  return Bun.SHA256.hash(text, "base64url");
}

/** The HMAC-SHA256 of `bytes` under `secret`. */
export function signBytes(bytes: Uint8Array, secret: string): Uint8Array {
  // Bun's own hasher throws the error that somebody's invalid key left behind in OpenSSL. Not with the start: 3 ms.
  const { createHmac }: typeof import("node:crypto") = require("node:crypto");
  return createHmac("sha256", secret).update(bytes).digest();
}

/** Whether two texts are equal, compared in constant time. */
export function isSameText(one: string, other: string): boolean {
  return isSameBytes(new TextEncoder().encode(one), new TextEncoder().encode(other));
}

/** Whether two byte strings are equal, compared in constant time. */
export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && crypto.timingSafeEqual(one, other);
}

/** `bytes` in base64url without padding. */
export function encodeToken(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Decodes strict base64url without padding; `null` if `text` is anything else. */
export function decodeToken(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return encodeToken(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
