import { KeyObject, verify } from "node:crypto";

import { base64url, errors, UnsecuredJWT } from "jose";

import type { SignatureCheck } from "../../src/auth/signed_token.ts";

const NO_SIGNATURE = base64url.encode(JSON.stringify({ alg: "none" }));

/** Checks the signature without threads, so that runs repeat exactly; jose still checks the claims. */
export const SYNCHRONOUS: SignatureCheck = {
  async jwt(token, key, options) {
    const payload = checkSignature(token, key);
    return UnsecuredJWT.decode(`${NO_SIGNATURE}.${payload}.`, options);
  },
  async jws(token, key) {
    return { payload: base64url.decode(checkSignature(token, key)) };
  },
};

/** The payload of a compact JWS whose signature is good (RS256), still encoded. */
function checkSignature(token: string, key: CryptoKey): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const isGood = verify(
    "RSA-SHA256",
    Buffer.from(`${header}.${payload}`),
    KeyObject.from(key),
    base64url.decode(signature),
  );
  if (!isGood) throw new errors.JWSSignatureVerificationFailed();
  return payload;
}
