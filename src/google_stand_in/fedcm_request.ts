import { type AllowedPage, corsFor } from "./cors.ts";
import { parseObject } from "./parse_object.ts";
import type { Registration } from "./registration.ts";
import { readRequestedClaims, type SessionClaim } from "./requested_claims.ts";
import { readForm } from "./responses.ts";

/** The FedCM errors that browsers have a message for. */
export const IDP_ERRORS = [
  "invalid_request",
  "unauthorized_client",
  "access_denied",
  "server_error",
  "temporarily_unavailable",
] as const;

/** One of {@linkcode IDP_ERRORS}. */
export type IdpError = (typeof IDP_ERRORS)[number];

const STATUS: Record<IdpError, number> = {
  invalid_request: 400,
  unauthorized_client: 403,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
};

/** A FedCM error response. Until Chrome 143 the member `error` was named `code`. */
export function answerError(error: IdpError, headers: HeadersInit = {}): Response {
  return Response.json({ error: { error, code: error } }, { status: STATUS[error], headers });
}

/** A form that FedCM posts for a page, after all checks that an identity provider must make. */
export interface FedCmForm extends AllowedPage {
  clientId: string;
  get(name: string): string;
}

/**
 * A refusal unless FedCM sent the request, else `null`. Scripts cannot set `Sec-Fetch-Dest`.
 *
 * @see https://w3c-fedid.github.io/FedCM/#sec-fetch-dest-header
 */
export function refuseUnlessFedCm(request: Request): Response | null {
  const isFedCm = request.headers.get("Sec-Fetch-Dest") === "webidentity";
  return isFedCm ? null : answerError("invalid_request");
}

/** Reads a form that FedCM posted. Returns a refusal if a check fails. */
export async function readFedCmForm(
  request: Request,
  registration: Registration,
): Promise<FedCmForm | Response> {
  const refusal = refuseUnlessFedCm(request);
  if (refusal) return refusal;
  const allowed = corsFor(request, registration);
  if (!allowed) return answerError("unauthorized_client");
  const { get } = await readForm(request);
  const clientId = get("client_id");
  if (!clientId) return answerError("invalid_request", allowed.cors);
  if (!registration.hasClient(clientId)) return answerError("unauthorized_client", allowed.cors);
  return { ...allowed, clientId, get };
}

/** Reads the page's `params` (JSON), or returns `null` if Google would not accept them. */
export function readParams(
  text: string,
  origin: string,
): { nonce: string; claims: SessionClaim[] } | null {
  const params = parseObject(text || "{}");
  if (!params) return null;
  const { response_type = "id_token", ss_domain = origin, nonce = "", claims = "" } = params;
  if (response_type !== "id_token" || ss_domain !== origin) return null;
  if (typeof nonce !== "string" || typeof claims !== "string") return null;
  const wanted = readRequestedClaims(claims);
  return wanted && { nonce, claims: wanted };
}
