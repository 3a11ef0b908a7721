import { type AllowedPage, corsFor } from "./cors.ts";
import { readForm } from "./responses.ts";

/** The errors that browsers have words for. */
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

/** The error object of FedCM; the member was named `code` until Chrome 143. */
export function answerError(error: IdpError, headers: HeadersInit = {}): Response {
  return Response.json({ error: { error, code: error } }, { status: STATUS[error], headers });
}

/** A form that the browser posts for a page, after every check that an identity provider must make. */
export interface FedCmForm extends AllowedPage {
  clientId: string;
  get(name: string): string;
}

/**
 * Refuses what no browser's FedCM sent, or answers `null`: no script can set `Sec-Fetch-Dest`.
 *
 * @see https://w3c-fedid.github.io/FedCM/#sec-fetch-dest-header
 */
export function refuseUnlessFedCm(request: Request): Response | null {
  const isFedCm = request.headers.get("Sec-Fetch-Dest") === "webidentity";
  return isFedCm ? null : answerError("invalid_request");
}

/** Reads a form of FedCM's, or answers with the refusal. */
export async function readFedCmForm(request: Request): Promise<FedCmForm | Response> {
  const refusal = refuseUnlessFedCm(request);
  if (refusal) return refusal;
  const allowed = corsFor(request);
  if (!allowed) return answerError("unauthorized_client");
  const { get } = await readForm(request);
  const clientId = get("client_id");
  if (!clientId) return answerError("invalid_request", allowed.cors);
  return { ...allowed, clientId, get };
}

/** What a page asks for in `params`, or `null` if Google would not understand it. */
export function readParams(text: string, origin: string): { nonce: string } | null {
  const params: unknown = parseJson(text || "{}");
  if (typeof params !== "object" || params === null) return null;
  const { response_type = "id_token", ss_domain = origin, nonce = "" } = params as Params;
  if (response_type !== "id_token" || ss_domain !== origin || typeof nonce !== "string")
    return null;
  return { nonce };
}

type Params = Partial<Record<"response_type" | "ss_domain" | "nonce", unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
