import { createPublicKey, KeyObject, verify } from "node:crypto";

import { base64url, errors, UnsecuredJWT } from "jose";

import type { SignatureCheck } from "../../src/auth/signed_token.ts";

const NO_SIGNATURE = base64url.encode(JSON.stringify({ alg: "none" }));

/** Checks the signature without threads, so that runs repeat exactly; jose still checks the claims. */
export const SYNCHRONOUS: SignatureCheck = {
  async jwt(token, key, options) {
    const payload = checkSignature(token, KeyObject.from(key));
    return UnsecuredJWT.decode(`${NO_SIGNATURE}.${payload}.`, options);
  },
  async jws(token, key) {
    return { payload: base64url.decode(checkSignature(token, KeyObject.from(key))) };
  },
  async proof(token, key) {
    const publicKey = createPublicKey({ key: key as never, format: "jwk" });
    return { payload: base64url.decode(checkSignature(token, publicKey)) };
  },
};

/** The payload of a compact JWS whose signature is good (RS256, or ES256 for an elliptic key), still encoded. */
function checkSignature(token: string, key: KeyObject): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const isGood = verify(
    "SHA256",
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: "ieee-p1363" },
    base64url.decode(signature),
  );
  if (!isGood) throw new errors.JWSSignatureVerificationFailed();
  return payload;
}
