import { createPublicKey, verify } from "node:crypto";

import { readJson } from "../json_text.ts";

/** A token in compact form with Google's signature, or why it is none. */
export type Signed =
  { why: string } | { claims: Record<string, unknown> | null; isOdd: boolean; why: null };

/** The keys as Google publishes them. */
export interface KeySet {
  keys: { kid?: string; n?: string; e?: string; kty?: string }[];
}

const publicKeys = new Map<string, ReturnType<typeof createPublicKey>>();

/** RS256 only, `kid` present and in the key set, no `crit` header; read with `node:crypto` alone. */
export function readSigned(token: string, { keys }: KeySet): Signed {
  const parts = token.split(".");
  if (parts.length !== 3) return { why: "it has no three parts" };
  if (parts.some((part) => /[^\w-]/.test(part) || part === ""))
    return { why: "a part is no base64url" };
  const [head = "", body = "", signature = ""] = parts;
  const { object: header, isOdd } = readJson(head);
  if (!header) return { why: "its header is no object" };
  if (header.alg !== "RS256") return { why: `its alg is ${JSON.stringify(header.alg)}` };
  if (header.crit !== undefined) return { why: "it has a crit header" };
  const key = keys.find(({ kid }) => kid === header.kid);
  if (typeof header.kid !== "string" || !key) return { why: "its kid is unknown" };
  const known = publicKeys.get(header.kid) ?? createPublicKey({ key: key, format: "jwk" });
  publicKeys.set(header.kid, known);
  const bytes = Buffer.from(signature, "base64url");
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${body}`), known, bytes)) {
    return { why: "its signature is not Google's" };
  }
  const claims = readJson(body);
  const isOtherwise = bytes.toString("base64url") !== signature;
  return { claims: claims.object, isOdd: isOdd || claims.isOdd || isOtherwise, why: null };
}
