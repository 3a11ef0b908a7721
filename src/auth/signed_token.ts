import {
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyOptions,
  type VerifyOptions,
} from "jose";

import { RefusedRequest } from "../errors.ts";
import type { ProofAlgorithm } from "./device_key.ts";
import type { GoogleKeys } from "./google_keys.ts";

/**
 * How the signature of a token is checked: a JWT together with its registered claims, any compact JWS, or the proof of a
 * device by its public key. Rejects as jose does.
 */
export interface SignatureCheck {
  jwt(token: string, key: CryptoKey, options: JWTVerifyOptions): Promise<{ payload: JWTPayload }>;
  jws(token: string, key: CryptoKey, options: VerifyOptions): Promise<{ payload: Uint8Array }>;
  proof(
    token: string,
    key: JsonWebKey,
    options: { algorithms: [ProofAlgorithm] },
  ): Promise<{ payload: Uint8Array }>;
}

/** The check by `jose`, on WebCrypto. */
export const JOSE: SignatureCheck = {
  jwt: jwtVerify,
  jws: compactVerify,
  async proof(token, key, { algorithms }) {
    return compactVerify(token, await importJWK(key as JWK, algorithms[0]), { algorithms });
  },
};

/**
 * Finds the Google key that a token's header names. The header must say RS256 and have no `crit`.
 * Throws `malformed_credential`, `invalid_credential` or `keys_unavailable`.
 */
export async function findSigningKey(
  token: string,
  keys: Pick<GoogleKeys, "find">,
): Promise<CryptoKey> {
  const { alg, kid, crit } = readHeader(token);
  if (alg !== "RS256") throw refuseClaim("alg");
  if (typeof kid !== "string" || kid === "") throw refuseClaim("kid");
  if (crit !== undefined) throw refuseClaim("crit");
  return keys.find(kid);
}

/** The refusal of a token because of its header or claim `claim`. */
export function refuseClaim(
  claim: string,
  code: "invalid_credential" | "expired_credential" | "not_yet_valid" = "invalid_credential",
): RefusedRequest {
  return new RefusedRequest(code, { cause: new Error(`The token's "${claim}" is not acceptable`) });
}

/** Whether `value` is 1 to 255 visible ASCII characters, as every `sub` and `jti` must be. */
export function isVisibleAscii(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]{1,255}$/.test(value);
}

function readHeader(token: string): { alg?: unknown; kid?: unknown; crit?: unknown } {
  try {
    if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) throw new TypeError("Not a compact JWS");
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw new RefusedRequest("malformed_credential", { cause });
  }
}
