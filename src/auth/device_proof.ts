import { decodeProtectedHeader, type ProtectedHeaderParameters } from "jose";

import { algorithmOf, PROOF_ALGORITHMS, type ProofAlgorithm, readDeviceKey } from "./device_key.ts";
import type { SignatureCheck } from "./signed_token.ts";

/** Chromium's proofs have about 500 characters, with an RSA key of 4096 bits 1,700. */
const MAX_PROOF_LENGTH = 4096;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What a proof must fit. */
export interface ProofOptions {
  signatures: SignatureCheck;
  /** The key of the session; `null`: the proof brings its own. */
  key: JsonWebKey | null;
  /** The full address of the route. */
  audience: string;
}

/** A proof whose signature is good. Whether its challenge is, is for the caller. */
export type ProofVerdict =
  { isGood: true; key: JsonWebKey; challenge: unknown } | { isGood: false; why: string };

/**
 * Checks the value of `Secure-Session-Response`: a JWS that is signed by the session's key, or at the registration by the
 * key that it brings.
 *
 * @see https://w3c.github.io/webappsec-dbsc/#format-proof
 */
export async function checkProof(
  value: string,
  { signatures, key: known, audience }: ProofOptions,
): Promise<ProofVerdict> {
  if (value.length > MAX_PROOF_LENGTH) return refuse("it is too long");
  const token = unquote(value);
  const header = readHeader(token);
  if (!header) return refuse("it is no JWS");
  const { alg, typ, jwk, crit } = header;
  if (typ !== "dbsc+jwt" || crit !== undefined) return refuse("its header is not acceptable");
  if (!isProofAlgorithm(alg)) return refuse("its algorithm is not acceptable");
  if (known && jwk !== undefined) return refuse("it brings a key");
  const key = known ?? readDeviceKey(jwk, alg);
  if (!key || algorithmOf(key) !== alg) return refuse("its key is not acceptable");
  try {
    const { payload } = await signatures.proof(token, key, { algorithms: [alg] });
    const { jti, aud } = readPayload(payload);
    if (aud !== undefined && aud !== audience) return refuse("it is for another address");
    return { isGood: true, key, challenge: jti };
  } catch {
    return refuse("its signature is wrong");
  }
}

/** A string of a structured field, by the specification; Chromium 156 sends it without quotes. */
export function unquote(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

function refuse(why: string): ProofVerdict {
  return { isGood: false, why };
}

function readHeader(token: string): ProtectedHeaderParameters | null {
  if (!COMPACT_JWS.test(token)) return null;
  try {
    return decodeProtectedHeader(token);
  } catch {
    return null;
  }
}

function isProofAlgorithm(alg: unknown): alg is ProofAlgorithm {
  return PROOF_ALGORITHMS.includes(alg as ProofAlgorithm);
}

function readPayload(bytes: Uint8Array): { jti?: unknown; aud?: unknown } {
  const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return typeof claims === "object" && claims !== null ? claims : {};
}
