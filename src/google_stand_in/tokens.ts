import { type JWTPayload, SignJWT } from "jose";

import type { StandInPerson } from "./people.ts";
import type { SigningKey } from "./signing_keys.ts";

/** The content of an ID token. `claims` and `header` override; `undefined` removes a claim. */
export interface TokenRequest {
  person: StandInPerson;
  clientId: string;
  nonce?: string;
  /** The time in milliseconds since 1970. */
  now: number;
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

const LIFETIME_S = 3600;

/** The claims of an ID token from Google's button. `origin` is the origin of the picture. */
export function claimsOf(
  { person, clientId, nonce, now, claims }: TokenRequest,
  origin: string,
): JWTPayload {
  const iat = Math.floor(now / 1000);
  const all = {
    iss: "https://accounts.google.com",
    azp: clientId,
    aud: clientId,
    sub: person.sub,
    hd: person.hostedDomain,
    email: person.email,
    email_verified: person.emailVerified,
    nonce,
    nbf: iat - 300,
    name: person.name,
    picture: person.hasPicture ? `${origin}/people/${person.sub}.svg` : undefined,
    given_name: person.name.split(" ")[0],
    family_name: person.name.split(" ").slice(1).join(" ") || undefined,
    iat,
    exp: iat + LIFETIME_S,
    jti: crypto.getRandomValues(new Uint8Array(20)).toHex(),
    ...claims,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Signs an ID token with `key` (RS256). */
export async function signToken(
  request: TokenRequest,
  { key, origin }: { key: SigningKey; origin: string },
): Promise<string> {
  const header = { alg: "RS256", kid: key.kid, typ: "JWT", ...request.header };
  return await new SignJWT(claimsOf(request, origin))
    .setProtectedHeader(header)
    .sign(key.privateKey, { crit: { "x-unknown": true } });
}
