import { isRegistered } from "./flow_request.ts";

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
export interface FedCmForm {
  clientId: string;
  /** The origin of the page. */
  origin: string;
  read(name: string): string;
  /** Lets that page, and no other, read the answer. */
  cors: { "Access-Control-Allow-Origin": string; "Access-Control-Allow-Credentials": string };
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
  const origin = request.headers.get("Origin") ?? "";
  if (!isRegistered(origin)) return answerError("unauthorized_client");
  const cors = {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
  };
  const form = await request.formData().catch(() => new FormData());
  const read = (name: string) => String(form.get(name) ?? "");
  const clientId = read("client_id");
  return clientId ? { clientId, origin, read, cors } : answerError("invalid_request", cors);
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
