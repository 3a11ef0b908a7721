import { type Fields, type FlowRequest, MALFORMED_CLAIMS, readCommon } from "./flow_request.ts";
import type { Registration } from "./registration.ts";
import { readRequestedClaims } from "./requested_claims.ts";

/**
 * Reads an authorization request. Returns Google's error text if it is invalid.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthRequest
 */
export function readAuthorization(
  fields: Fields,
  { hasClient, allowsOrigin }: Registration,
): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const target = text("redirect_uri");
  const origin = URL.parse(target)?.origin ?? "";
  if (!hasClient(text("client_id"))) return "Error 401: invalid_client";
  if (!allowsOrigin(origin) || target.includes("#")) return "Error 400: redirect_uri_mismatch";
  if (text("response_type") !== "id_token") return "Error 400: unsupported_response_type";
  const responseMode = readResponseMode(text("response_mode"));
  if (!responseMode) return "Error 400: invalid_request (response_mode)";
  if (!text("scope").split(" ").includes("openid")) return "Error 400: invalid_scope";
  if (!text("nonce")) return "Error 400: invalid_request (nonce)";
  const prompt = readPrompt(text("prompt"));
  if (prompt === null) return "Error 400: invalid_request (prompt)";
  const claims = readRequestedClaims(text("claims"));
  if (!claims) return MALFORMED_CLAIMS;
  return { ...readCommon(text), kind: "link", origin, target, responseMode, prompt, claims };
}

/**
 * The response mode: for an ID token the default is `fragment`, and `query` is forbidden.
 *
 * @see https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#id_token
 */
function readResponseMode(mode: string): FlowRequest["responseMode"] | null {
  if (mode === "" || mode === "fragment") return "fragment";
  return mode === "form_post" ? mode : null;
}

const PROMPTS = ["none", "consent", "select_account"];

/** Google knows three prompts. The stand-in has no consent page: `consent` shows the chooser. */
function readPrompt(text: string): FlowRequest["prompt"] | null {
  const prompts = text.split(" ").filter((prompt) => prompt !== "");
  if (!prompts.every((prompt) => PROMPTS.includes(prompt))) return null;
  if (!prompts.includes("none")) return prompts.length > 0 ? "choose" : "";
  return prompts.length === 1 ? "none" : null;
}
