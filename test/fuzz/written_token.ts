import { createHmac, KeyObject, sign } from "node:crypto";

import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { createSigningKey } from "../../src/google_stand_in/signing_keys.ts";

/** Who signs: Google in most cases. */
export const SIGNERS = [
  ...Array<"google">(14).fill("google"),
  ...(["stranger", "hmac", "none", "cut", "flipped", "moved"] as const),
] as const;

/** How the parts are put together: rightly in most cases. */
export const SHAPES = [
  ...Array<"plain">(28).fill("plain"),
  ...(["padded", "base64", "four", "two", "spaces", "json", "case"] as const),
] as const;

/** How a token is signed and put together. */
export interface Writing {
  signer: (typeof SIGNERS)[number];
  shape: (typeof SHAPES)[number];
  /** Where something is changed. */
  at: number;
}

/** Signs whatever header and claims say. */
export type TokenWriter = (parts: { header: Buffer; claims: Buffer }, writing: Writing) => string;

/** Signs with the stand-in's real key, with a stranger's, and in the ways that attackers know. */
export async function createTokenWriter({ keys }: GoogleStandIn): Promise<TokenWriter> {
  const googles = KeyObject.from(keys.newest().privateKey);
  const strangers = KeyObject.from((await createSigningKey()).privateKey);
  const [pem = ""] = Object.values(keys.certificates());

  return ({ header, claims }, writing) => {
    const { signer, at } = writing;
    const head = header.toString("base64url");
    const body = claims.toString("base64url");
    const signed = Buffer.from(`${head}.${body}`);
    const signature = () => {
      if (signer === "none") return Buffer.alloc(0);
      // A verifier may take the public key for the secret of an HMAC.
      if (signer === "hmac") return createHmac("sha256", pem).update(signed).digest();
      const bytes = sign("RSA-SHA256", signed, signer === "stranger" ? strangers : googles);
      const place = at % bytes.length;
      if (signer === "cut") return bytes.subarray(0, place);
      if (signer === "flipped") bytes[place] = (bytes[place] ?? 0) ^ 1;
      return bytes;
    };
    const moved = Buffer.from(claims.toString().replace("Fuzz", "Eve")).toString("base64url");
    const parts = [head, signer === "moved" ? moved : body, signature().toString("base64url")];
    return putTogether(parts, writing);
  };
}

function putTogether(parts: string[], { shape, at }: Writing): string {
  const whole = parts.join(".");
  const [header, claims, signature] = parts;
  switch (shape) {
    case "plain":
      return whole;
    case "padded":
      return parts.map((part, index) => (index === at % 3 ? `${part}=` : part)).join(".");
    case "base64":
      return whole.replaceAll("-", "+").replaceAll("_", "/");
    case "four":
      return at % 2 ? `${whole}.` : `.${whole}`;
    case "two":
      return `${header}.${claims}`;
    case "spaces":
      return at % 2 ? ` ${whole}` : `${whole}\n`;
    case "json":
      return JSON.stringify({ payload: claims, protected: header, signature });
    case "case":
      return whole.slice(0, at % 20) + whole.slice(at % 20).toLowerCase();
  }
}
