import { RefusedRequest } from "../errors.ts";
import type { Random } from "../machine.ts";
import { decodeToken, encodeToken, isSameBytes, signBytes } from "./token.ts";

/** How long a nonce is valid, in milliseconds. */
export const NONCE_LIFETIME_MS = 3_300_000;
/** A nonce that expires later than this is refused. */
const MAX_AHEAD_MS = 3_600_000;

const SALT_BYTES = 24;
const EXPIRY_BYTES = 8;

/**
 * Creates a nonce for the browser with this sign-in cookie only: `salt.HMAC-SHA256(cookie, salt)`. The salt
 * is its expiry (milliseconds, 8 bytes) and 16 random bytes, so the server stores nothing.
 */
export function createNonce(
  signInCookie: string,
  { now, random }: { now: number; random: Random },
): string {
  const salt = random.bytes(SALT_BYTES);
  new DataView(salt.buffer).setBigUint64(0, BigInt(now + NONCE_LIFETIME_MS));
  return `${encodeToken(salt)}.${encodeToken(signBytes(salt, signInCookie))}`;
}

/** Throws `RefusedRequest` unless `nonce` was made for this sign-in cookie and has not expired. */
export function checkNonce(
  nonce: string | null,
  { signInCookie, now }: { signInCookie: string | null; now: number },
): void {
  if (!nonce) throw new RefusedRequest("nonce_missing");
  const [salt, mac, ...more] = nonce.split(".").map(decodeToken);
  if (!signInCookie || !salt || !mac || more.length > 0) throw new RefusedRequest("nonce_mismatch");
  const expected = signBytes(salt, signInCookie);
  if (!isSameBytes(mac, expected) || salt.length !== SALT_BYTES)
    throw new RefusedRequest("nonce_mismatch");
  const expiresAt = Number(
    new DataView(salt.buffer, salt.byteOffset, EXPIRY_BYTES).getBigUint64(0),
  );
  if (expiresAt <= now || expiresAt > now + MAX_AHEAD_MS) throw new RefusedRequest("nonce_expired");
}
