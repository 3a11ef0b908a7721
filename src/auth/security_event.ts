import { RefusedRequest, SecurityEventError } from "../errors.ts";
import { type AccountEvent, isEventIssuer, isObject, readAccountEvent } from "./account_event.ts";
import { CLOCK_TOLERANCE_S } from "./clock.ts";
import type { GoogleKeys } from "./google_keys.ts";
import { findSigningKey, isVisibleAscii, type SignatureCheck } from "./signed_token.ts";

/** A verified security event token, with events about Google accounts. */
export interface SecurityEvent {
  /** The id of the token. It stays the same when Google delivers the token again. */
  jti: string;
  /** When Google issued it, in milliseconds since 1970. */
  issuedAt: number;
  /** At least one event. */
  events: readonly AccountEvent[];
}

/** The keys, signature check, audience and clock to verify a token with. */
export interface VerifyEventOptions {
  keys: Pick<GoogleKeys, "find">;
  signatures: SignatureCheck;
  clientId: string;
  /** The time in milliseconds since 1970. */
  now: () => number;
}

/**
 * Verifies a security event token from Google. It never expires, because it describes the past. Throws
 * `SecurityEventError`, or `RefusedRequest` (`keys_unavailable`) while Google's keys are unreachable.
 *
 * @see https://developers.google.com/identity/protocols/risc#decode_validate_token
 * @see https://www.rfc-editor.org/rfc/rfc8417#section-2.2
 */
export async function verifySecurityEvent(
  token: string,
  { keys, signatures, clientId, now }: VerifyEventOptions,
): Promise<SecurityEvent> {
  const key = await findKey(token, keys);
  const claims = readClaims(await verifySignature(token, { key, signatures }));
  const { iss, aud, jti, iat, events } = claims;
  if (!isEventIssuer(iss)) throw refuse("invalid_issuer", "The issuer is not Google");
  if (!isFor(clientId, aud)) throw refuse("invalid_audience", "The token is for another audience");
  requireShape(isVisibleAscii(jti), "The jti must be 1 to 255 visible ASCII characters");
  requireShape(typeof iat === "number" && iat >= 0, "The iat must be a time in seconds");
  requireShape(iat <= now() / 1000 + CLOCK_TOLERANCE_S, "The iat is in the future");
  // Only this claim separates an event from an ID token, which has the same issuer, audience and keys.
  // https://www.rfc-editor.org/rfc/rfc8417#section-4
  requireShape(isObject(events), "The token holds no events");
  const accountEvents = Object.entries(events).map(([uri, payload]) =>
    readAccountEvent(uri, payload),
  );
  requireShape(accountEvents.length > 0, "The token holds no events");
  return { jti, issuedAt: iat * 1000, events: accountEvents };
}

async function findKey(token: string, keys: Pick<GoogleKeys, "find">): Promise<CryptoKey> {
  try {
    return await findSigningKey(token, keys);
  } catch (error) {
    if (!(error instanceof RefusedRequest) || error.code === "keys_unavailable") throw error;
    if (error.code === "malformed_credential") {
      throw refuse("invalid_request", "The body is not a signed JWT in compact form");
    }
    throw refuse("invalid_key", "The token must be signed with RS256 and a current Google key");
  }
}

async function verifySignature(
  token: string,
  { key, signatures }: { key: CryptoKey; signatures: SignatureCheck },
): Promise<Uint8Array> {
  try {
    return (await signatures.jws(token, key, { algorithms: ["RS256"] })).payload;
  } catch {
    throw refuse("authentication_failed", "The signature is not Google's");
  }
}

function readClaims(payload: Uint8Array): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (isObject(claims)) return claims;
  } catch {
    // Not JSON. The parser's message is dropped, because it would quote the token.
  }
  throw refuse("invalid_request", "The claims are not a JSON object");
}

function isFor(clientId: string, audience: unknown): boolean {
  return Array.isArray(audience) ? audience.includes(clientId) : audience === clientId;
}

function requireShape(isValid: boolean, description: string): asserts isValid {
  if (!isValid) throw refuse("invalid_request", description);
}

function refuse(code: SecurityEventError["code"], description: string): SecurityEventError {
  return new SecurityEventError(code, description);
}
