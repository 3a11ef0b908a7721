import { CLOCK_TOLERANCE_S } from "./clock.ts";

/** Which claims Google is asked for, in the two forms that it takes. */
export interface AskedClaims {
  /** `essential_claims` of Google's script. */
  list: string;
  /** The parameter `claims` of OpenID Connect. */
  parameter: string;
}

const NAMES = ["auth_time", "amr"];

/**
 * What Google says of a person's session with Google, if it is asked: when and how they signed in to it.
 *
 * @see https://developers.google.com/identity/siwg/security-bundle
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter
 */
export const ASKED_CLAIMS: AskedClaims = {
  list: NAMES.join(","),
  parameter: JSON.stringify({
    id_token: Object.fromEntries(NAMES.map((name) => [name, { essential: true }])),
  }),
};

/**
 * The registered authentication methods. Google says `pwd`, `mfa` and `hwk`; the list is open.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8176#section-2
 */
export const METHOD_NAMES = [
  "face",
  "fpt",
  "geo",
  "hwk",
  "iris",
  "kba",
  "mca",
  "mfa",
  "otp",
  "pin",
  "pwd",
  "rba",
  "retina",
  "sc",
  "sms",
  "swk",
  "tel",
  "user",
  "vbm",
  "wia",
] as const;

/** A registered authentication method. */
export type MethodName = (typeof METHOD_NAMES)[number];

/** More methods than a sign-in can have, and longer names than any has. */
const MAX_METHODS = 20;
const METHOD = /^[\x21-\x7e]{1,40}$/;

/** Whether a claim is a time in seconds since 1970 that can have been, for a clock that says `nowS`. */
export function isAuthTime(claim: unknown, nowS: number): claim is number {
  return typeof claim === "number" && claim >= 0 && claim <= nowS + CLOCK_TOLERANCE_S;
}

/** Whether a claim is a list of authentication methods. */
export function isMethodList(claim: unknown): claim is string[] {
  const isMethod = (name: unknown) => typeof name === "string" && METHOD.test(name);
  return Array.isArray(claim) && claim.length <= MAX_METHODS && claim.every(isMethod);
}
