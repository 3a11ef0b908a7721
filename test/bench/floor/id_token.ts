import { createPublicKey, type JsonWebKeyInput, verify } from "node:crypto";

import type { FloorPlan } from "./plan.ts";

/** What the floor reads of an ID token. */
export type Claims = Record<
  "iss" | "aud" | "sub" | "email" | "name" | "picture" | "nonce",
  string
> &
  Record<"exp" | "iat", number>;

const ISSUERS = ["https://accounts.google.com", "accounts.google.com"];

/** Verifies ID tokens: signature, issuer, audience, end. */
export function createVerifier({ keys, clientId }: Pick<FloorPlan, "keys" | "clientId">) {
  const known = new Map(
    keys.keys.map((key) => [
      key.kid,
      createPublicKey({ key, format: "jwk" } as unknown as JsonWebKeyInput),
    ]),
  );
  return (token: string): Claims | null => {
    const [head = "", body = "", signature = ""] = token.split(".");
    const { alg, kid } = JSON.parse(Buffer.from(head, "base64url").toString());
    const key = known.get(kid);
    if (!key || alg !== "RS256") return null;
    const signed = Buffer.from(token.slice(0, head.length + 1 + body.length));
    if (!verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))) return null;
    const claims: Claims = JSON.parse(Buffer.from(body, "base64url").toString());
    const isGood = ISSUERS.includes(claims.iss) && claims.aud === clientId;
    return isGood && claims.exp * 1000 > Date.now() ? claims : null;
  };
}
