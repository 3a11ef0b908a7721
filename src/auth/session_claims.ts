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
