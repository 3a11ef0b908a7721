import { errors, type JWTPayload } from "jose";

import { RefusedRequest } from "../errors.ts";
import { shortened, storedText } from "../stored_text.ts";
import { CLOCK_TOLERANCE_S } from "./clock.ts";
import { isEmailAddress } from "./email_address.ts";
import type { GoogleKeys } from "./google_keys.ts";
import { isAuthTime, isMethodList } from "./session_claims.ts";
import {
  findSigningKey,
  isVisibleAscii,
  refuseClaim,
  type SignatureCheck,
} from "./signed_token.ts";

/** The person in a verified ID token. `email` is as Google sent it. */
export interface GoogleIdentity {
  sub: string;
  email: string;
  name: string;
  picture: string | null;
  /** The Google Workspace domain that manages the account, or `null`. */
  hostedDomain: string | null;
}

/** A verified token: the identity, and the nonce that binds it to one sign-in. */
export interface VerifiedToken {
  identity: GoogleIdentity;
  nonce: string | null;
  emailVerified: boolean;
  /** When Google issued the token, in milliseconds since 1970. */
  issuedAt: number;
  /** When the token stops being accepted, in milliseconds since 1970. */
  acceptedUntil: number;
  /** When and how the person signed in to Google; `null`: Google does not say, and nothing follows from that. */
  authenticatedAt: number | null;
  amr: readonly string[] | null;
}

/** The keys, signature check, audience and clock to verify a token with. */
export interface VerifyOptions {
  keys: Pick<GoogleKeys, "find">;
  signatures: SignatureCheck;
  clientId: string;
  now: () => number;
}

const ISSUERS = ["https://accounts.google.com", "accounts.google.com"];
const MAX_AGE_S = 3600;
const MAX_LIFETIME_S = 86_400;
/** No page shows a longer name, and an index of PostgreSQL takes 2,700 bytes. */
const LONGEST_NAME = 256;

/**
 * Verifies a Google ID token: signature, algorithm, issuer, audience, times, and the shape of each claim.
 * The caller must check the nonce. Throws `RefusedRequest`.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export async function verifyIdToken(token: string, options: VerifyOptions): Promise<VerifiedToken> {
  const key = await findSigningKey(token, options.keys);
  const claims = await readClaims(token, key, options);
  const { iat, exp, sub, email, hd } = claims as JWTPayload & { iat: number; exp: number };
  const nowS = options.now() / 1000;
  // jose checks `iat` against the clock only together with a maximum age.
  if (iat > nowS + CLOCK_TOLERANCE_S) throw refuseClaim("iat", "not_yet_valid");
  if (iat < nowS - MAX_AGE_S - CLOCK_TOLERANCE_S) throw refuseClaim("iat", "expired_credential");
  requireClaim(exp > iat && exp - iat <= MAX_LIFETIME_S, "exp");
  requireClaim(claims.aud === options.clientId, "aud");
  requireClaim(claims.azp === undefined || claims.azp === options.clientId, "azp");
  // A security event token has the same keys and the same audience (RFC 8417).
  requireClaim(claims.events === undefined, "events");
  requireClaim(isVisibleAscii(sub), "sub");
  requireClaim(isEmailAddress(email), "email");
  requireClaim(hd === undefined || isDomainText(hd), "hd");
  const proof = readProof(claims, nowS);
  return {
    identity: {
      sub: sub as string,
      email: email as string,
      name: shortened(optionalText(claims, "name") ?? (email as string), LONGEST_NAME),
      picture: optionalText(claims, "picture"),
      hostedDomain: (hd as string | undefined) ?? null,
    },
    nonce: optionalText(claims, "nonce"),
    emailVerified: claims.email_verified === true,
    issuedAt: Math.floor(iat * 1000),
    acceptedUntil: (Math.min(exp, iat + MAX_AGE_S) + CLOCK_TOLERANCE_S) * 1000,
    ...proof,
  };
}

async function readClaims(
  token: string,
  key: CryptoKey,
  options: VerifyOptions,
): Promise<JWTPayload> {
  try {
    const { payload } = await options.signatures.jwt(token, key, {
      algorithms: ["RS256"],
      issuer: ISSUERS,
      audience: options.clientId,
      requiredClaims: ["exp", "iat", "sub"],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(options.now()),
    });
    requireClaim(Number.isFinite(payload.iat) && Number.isFinite(payload.exp), "iat");
    return payload;
  } catch (cause) {
    if (cause instanceof RefusedRequest) throw cause;
    throw new RefusedRequest(codeOf(cause), { cause });
  }
}

function codeOf(cause: unknown): "expired_credential" | "not_yet_valid" | "invalid_credential" {
  if (cause instanceof errors.JWTExpired) return "expired_credential";
  const isEarly =
    cause instanceof errors.JWTClaimValidationFailed &&
    cause.claim === "nbf" &&
    cause.reason === "check_failed";
  return isEarly ? "not_yet_valid" : "invalid_credential";
}

function optionalText(claims: JWTPayload, claim: string): string | null {
  const value = claims[claim];
  requireClaim(value === undefined || typeof value === "string", claim);
  return storedText((value as string | undefined) ?? "") || null;
}

/** A domain name as Google writes it. Only what no domain has and no database stores is refused. */
function isDomainText(hd: unknown): hd is string {
  return typeof hd === "string" && hd !== "" && hd === storedText(hd);
}

/** How the person proved themselves to Google. An empty list says as little as none. */
function readProof({ auth_time, amr }: JWTPayload, nowS: number) {
  requireClaim(auth_time === undefined || isAuthTime(auth_time, nowS), "auth_time");
  requireClaim(amr === undefined || isMethodList(amr), "amr");
  const methods = amr as string[] | undefined;
  return {
    authenticatedAt: auth_time === undefined ? null : Math.floor((auth_time as number) * 1000),
    amr: methods && methods.length > 0 ? methods : null,
  };
}

function requireClaim(isValid: boolean, claim: string): void {
  if (!isValid) throw refuseClaim(claim);
}
