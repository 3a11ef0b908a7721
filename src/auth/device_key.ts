import { decodeToken } from "./token.ts";

/** The algorithms of proofs that browsers are offered. */
export const PROOF_ALGORITHMS = ["ES256", "RS256"] as const;

export type ProofAlgorithm = (typeof PROOF_ALGORITHMS)[number];

const COORDINATE_BYTES = 32;
const MODULUS_BITS = { least: 2048, most: 4096 };
/** 65537, which every key store uses. */
const EXPONENT = "AQAB";

/** Members of private keys, and of shared ones. */
const SECRET_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * The public key in `jwk` without what does not belong to it; `null` unless it is a P-256 key for ES256, or an RSA key of
 * 2048 to 4096 bits for RS256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-6
 */
export function readDeviceKey(jwk: unknown, alg: ProofAlgorithm): JsonWebKey | null {
  if (typeof jwk !== "object" || jwk === null) return null;
  const members = jwk as Record<string, unknown>;
  if (SECRET_MEMBERS.some((name) => name in members)) return null;
  return alg === "ES256" ? readEllipticKey(members) : readRsaKey(members);
}

/** The algorithm of a key from {@linkcode readDeviceKey}. */
export function algorithmOf({ kty }: JsonWebKey): ProofAlgorithm {
  return kty === "EC" ? "ES256" : "RS256";
}

function readEllipticKey({ kty, crv, x, y }: Record<string, unknown>): JsonWebKey | null {
  if (kty !== "EC" || crv !== "P-256") return null;
  if (sizeOf(x) !== COORDINATE_BYTES || sizeOf(y) !== COORDINATE_BYTES) return null;
  return { kty, crv, x: x as string, y: y as string };
}

function readRsaKey({ kty, n, e }: Record<string, unknown>): JsonWebKey | null {
  if (kty !== "RSA" || e !== EXPONENT) return null;
  const modulus = decodeMember(n);
  // Zeros before it would count as bits.
  if (!modulus?.[0]) return null;
  const bits = modulus.length * 8 - Math.clz32(modulus[0]) + 24;
  if (bits < MODULUS_BITS.least || bits > MODULUS_BITS.most) return null;
  return { kty, n: n as string, e };
}

function sizeOf(member: unknown): number {
  return decodeMember(member)?.length ?? 0;
}

function decodeMember(member: unknown): Uint8Array | null {
  return typeof member === "string" ? decodeToken(member) : null;
}
