import { personOf, type StandInPerson } from "./people.ts";
import type { SigningKey } from "./signing_keys.ts";
import { signToken, type TokenRequest } from "./tokens.ts";

const RISC = "https://schemas.openid.net/secevent/risc/event-type";
const OAUTH = "https://schemas.openid.net/secevent/oauth/event-type";

/** The URIs of the events that Google sends, by short name. */
export const EVENT_URIS = {
  "sessions-revoked": `${RISC}/sessions-revoked`,
  "tokens-revoked": `${OAUTH}/tokens-revoked`,
  "token-revoked": `${OAUTH}/token-revoked`,
  "account-disabled": `${RISC}/account-disabled`,
  "account-enabled": `${RISC}/account-enabled`,
  "account-credential-change-required": `${RISC}/account-credential-change-required`,
  verification: `${RISC}/verification`,
} as const;

/** The short name of an event. */
export type EventName = keyof typeof EVENT_URIS;

/** The content of a security event token. `claims` and `header` override; `undefined` removes. */
export interface SecurityEventRequest {
  /** One event, or several in one token. */
  kind: EventName | readonly EventName[];
  /** The subject, by address and `sub`. */
  person?: Pick<StandInPerson, "sub" | "email">;
  /** The subject by `sub` only, if there is no `person`. */
  sub?: string;
  /** The audience: one client, or all clients of the project. */
  clientId: string | readonly string[];
  reason?: string;
  state?: string;
  /** The time in milliseconds since 1970. */
  now: number;
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Overrides members of each event. */
  payload?: Record<string, unknown>;
}

const ISSUER = "https://accounts.google.com/";
/** The first characters of a refresh token. Google identifies the token by them. */
const TOKEN_PREFIX = "1//0stand-in-tok";

const ID_TOKEN_CLAIMS = Object.fromEntries(
  "azp sub hd email email_verified nonce nbf name picture given_name family_name exp"
    .split(" ")
    .map((claim) => [claim, undefined]),
);

/**
 * The security event as an ID token request with all claims replaced, so that every fault of ID tokens
 * applies to it.
 */
export function describeSecurityEvent(request: SecurityEventRequest): TokenRequest {
  const { kind, clientId, now, claims, header } = request;
  const kinds = typeof kind === "string" ? [kind] : kind;
  return {
    person: personOf({ email: "" }),
    clientId: "",
    now,
    header: { typ: "secevent+jwt", ...header },
    claims: {
      ...ID_TOKEN_CLAIMS,
      iss: ISSUER,
      aud: clientId,
      iat: Math.floor(now / 1000),
      jti: crypto.getRandomValues(new Uint8Array(16)).toHex(),
      events: Object.fromEntries(
        kinds.map((one) => [EVENT_URIS[one], describeEvent(one, request)]),
      ),
      ...claims,
    },
  };
}

/** Signs a security event token (RFC 8417). */
export function signSecurityEvent(request: SecurityEventRequest, key: SigningKey): Promise<string> {
  return signToken(describeSecurityEvent(request), { key, origin: "" });
}

function describeEvent(kind: EventName, request: SecurityEventRequest): Record<string, unknown> {
  const { person, sub, reason, state, payload } = request;
  if (kind === "verification") return { state, ...payload };
  if (kind === "token-revoked") {
    const subject = {
      subject_type: "oauth_token",
      token_type: "refresh_token",
      token_identifier_alg: "prefix",
      token: TOKEN_PREFIX,
    };
    return { subject, ...payload };
  }
  const subject = person
    ? { subject_type: "id_token_claims", iss: ISSUER, sub: person.sub, email: person.email }
    : { subject_type: "iss-sub", iss: ISSUER, sub };
  return { subject, reason, ...payload };
}
