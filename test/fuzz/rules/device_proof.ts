import { createPublicKey, type KeyObject, verify } from "node:crypto";

import { readJson } from "../json_text.ts";

/** What a proof is, read by other means. `open`: decoders may differ. */
export interface ProofVerdict {
  verdict: "yes" | "no" | "open";
  why: string;
  jti: unknown;
}

const SECRET = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** Judges the value of `Secure-Session-Response` with `node:crypto` alone. `key` is the session's, or `null`. */
export function judgeProof(
  value: string,
  { key: known, audience }: { key: JsonWebKey | null; audience: string },
): ProofVerdict {
  const no = (why: string, jti: unknown = undefined): ProofVerdict => ({ verdict: "no", why, jti });
  if (value.length > 4096) return no("it has more than 4 KiB");
  const token = /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value;
  const parts = token.split(".");
  if (parts.length !== 3) return no("it has no three parts");
  if (parts.some((part) => part === "" || /[^A-Za-z0-9_-]/.test(part)))
    return no("a part is no base64url");
  const [head = "", body = "", signature = ""] = parts;
  const header = readJson(head);
  const payload = readJson(body);
  const bytes = Buffer.from(signature, "base64url");
  const claims = readClaims(body);
  const isOdd = header.isOdd || payload.isOdd || bytes.toString("base64url") !== signature;
  const wrong = (why: string): ProofVerdict =>
    isOdd ? { verdict: "open", why, jti: claims?.jti } : no(why);
  if (!header.object) return wrong("its header is no object");
  const { alg, typ, crit, jwk } = header.object;
  if (typ !== "dbsc+jwt") return wrong(`its typ is ${JSON.stringify(typ)}`);
  if (crit !== undefined) return wrong("it has a crit header");
  if (known && jwk !== undefined) return wrong("it brings a key");
  const key = known ? createPublicKey({ key: known, format: "jwk" }) : readKey(jwk);
  if (!key) return wrong("its key is not acceptable");
  if (alg !== (key.asymmetricKeyType === "ec" ? "ES256" : "RS256"))
    return wrong(`its alg is ${JSON.stringify(alg)}`);
  if (!isSignedBy(key, { signed: `${head}.${body}`, bytes }))
    return wrong("its signature is wrong");
  if (!claims) return wrong("its payload is no JSON");
  const { aud, jti } = claims;
  if (aud !== undefined && aud !== audience) return wrong("it is for another address");
  return { verdict: isOdd ? "open" : "yes", why: "it is good", jti };
}

function isSignedBy(
  key: KeyObject,
  { signed, bytes }: { signed: string; bytes: Uint8Array },
): boolean {
  try {
    return verify("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, bytes);
  } catch {
    return false;
  }
}

/** The claims of any JSON, also of text that is not quite UTF-8; `null` if it is none. */
function readClaims(body: string): { jti?: unknown; aud?: unknown } | null {
  const text = Buffer.from(body, "base64url")
    .toString()
    .replace(/^\ufeff/, "");
  try {
    return Object(JSON.parse(text) ?? {});
  } catch {
    return null;
  }
}

/** A public key of P-256, or of RSA with 2048 to 4096 bits and 65537, each number in its only spelling. */
function readKey(jwk: unknown): KeyObject | null {
  if (typeof jwk !== "object" || jwk === null) return null;
  const members = jwk as Record<string, unknown>;
  if (SECRET.some((name) => name in members)) return null;
  const { kty, crv, x, y, n, e } = members;
  try {
    if (kty === "EC" && crv === "P-256") {
      if ([x, y].some((one) => bytesOf(one)?.length !== 32)) return null;
      return createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: "jwk" });
    }
    const modulus = bytesOf(n);
    if (kty !== "RSA" || e !== "AQAB" || !modulus?.[0]) return null;
    const key = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: "jwk" });
    const bits = BigInt(`0x${modulus.toString("hex")}`).toString(2).length;
    return bits >= 2048 && bits <= 4096 ? key : null;
  } catch {
    return null;
  }
}

function bytesOf(value: unknown): Buffer | null {
  if (typeof value !== "string") return null;
  const bytes = Buffer.from(value, "base64url");
  return bytes.toString("base64url") === value ? bytes : null;
}
