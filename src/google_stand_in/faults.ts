import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

import { createSigningKey, type SigningKey } from "./signing_keys.ts";
import { claimsOf, signToken, type TokenRequest } from "./tokens.ts";

/** The key and the origin that a faulty token is made with. */
export interface FaultSource {
  key: SigningKey;
  origin: string;
}

type MakeFault = (request: TokenRequest, source: FaultSource) => Promise<string>;

/** All faults in the format or signature of a token. For wrong claims use `claims`. */
export const FAULTS = {
  "no signature": async (request, { origin }) =>
    new UnsecuredJWT(claimsOf(request, origin)).encode(),
  "no signature under a known key": async (request, { key, origin }) => {
    const claims = new UnsecuredJWT(claimsOf(request, origin)).encode().split(".")[1];
    return `${encode({ alg: "none", kid: key.kid })}.${claims}.`;
  },
  "HS256 with the public key as PEM": async (request, { key, origin }) =>
    signHs256(request, { kid: key.kid, origin, secret: await exportSPKI(key.publicKey) }),
  "HS256 with the public key's modulus": async (request, { key, origin }) =>
    signHs256(request, { kid: key.kid, origin, secret: key.jwk.n ?? "" }),
  ES256: async (request, { key, origin }) => {
    const { privateKey } = await generateKeyPair("ES256");
    return new SignJWT(claimsOf(request, origin))
      .setProtectedHeader({ alg: "ES256", kid: key.kid })
      .sign(privateKey);
  },
  RS512: async (request, { key, origin }) => {
    const { privateKey } = await generateKeyPair("RS512");
    return new SignJWT(claimsOf(request, origin))
      .setProtectedHeader({ alg: "RS512", kid: key.kid })
      .sign(privateKey);
  },
  "another key under a known id": async (request, { key, origin }) => {
    const otherKey = { ...(await createSigningKey()), kid: key.kid };
    return signToken(request, { key: otherKey, origin });
  },
  "an unknown key": async (request, { origin }) =>
    signToken(request, { key: await createSigningKey(), origin }),
  "a key of its own in the header": async (request, { key, origin }) => {
    const otherKey = await createSigningKey();
    const header = { kid: key.kid, jwk: otherKey.jwk };
    return signToken({ ...request, header }, { key: otherKey, origin });
  },
  "claims of another": async (request, source) => {
    const [header, , signature] = (await signToken(request, source)).split(".");
    const claims = encode(claimsOf({ ...request, claims: { sub: "another-sub" } }, source.origin));
    return `${header}.${claims}.${signature}`;
  },
  "claims encoded anew": async (request, source) => {
    const [header, claims = "", signature] = (await signToken(request, source)).split(".");
    const text = new TextDecoder().decode(Uint8Array.fromBase64(claims, { alphabet: "base64url" }));
    return `${header}.${encode(`${text} `)}.${signature}`;
  },
  "cut signature": async (request, source) => (await signToken(request, source)).slice(0, -8),
  "no third part": async (request, source) =>
    (await signToken(request, source)).split(".").slice(0, 2).join("."),
  "a fourth part": async (request, source) => `${await signToken(request, source)}.e30`,
  "ordinary base64": async (request, source) =>
    (await signToken(request, source)).replace(/\.[^.]+$/, ".ab+/ab+/"),
  padding: async (request, source) => `${await signToken(request, source)}=`,
  "header that is no JSON": async (request, source) =>
    (await signToken(request, source)).replace(/^[^.]+/, encode("{alg")),
} satisfies Record<string, MakeFault>;

/** The name of a fault. */
export type Fault = keyof typeof FAULTS;

function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}

function signHs256(
  request: TokenRequest,
  { kid, origin, secret }: { kid: string; origin: string; secret: string },
): Promise<string> {
  return new SignJWT(claimsOf(request, origin))
    .setProtectedHeader({ alg: "HS256", kid })
    .sign(new TextEncoder().encode(secret));
}
