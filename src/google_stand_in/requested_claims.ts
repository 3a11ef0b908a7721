import { isObject, parseObject } from "./parse_object.ts";

/** The claims about the Google session. An ID token has them on request only. */
const SESSION_CLAIMS = ["auth_time", "amr"] as const;

/** The name of a claim about the Google session. */
export type SessionClaim = (typeof SESSION_CLAIMS)[number];

const MAX_LENGTH = 4096;

/**
 * The session claims that the parameter `claims` asks for, or `null` if it is malformed.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter
 */
export function readRequestedClaims(text: string): SessionClaim[] | null {
  if (text === "") return [];
  const request = text.length > MAX_LENGTH ? null : parseObject(text);
  if (!request) return null;
  const { id_token = {} } = request;
  if (!isObject(id_token)) return null;
  const wanted = SESSION_CLAIMS.filter((name) => Object.hasOwn(id_token, name));
  const isRequest = (name: SessionClaim) => id_token[name] === null || isObject(id_token[name]);
  return wanted.every(isRequest) ? wanted : null;
}
