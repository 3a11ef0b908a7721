import type { Registration } from "./registration.ts";
import { readRequestedClaims, type SessionClaim } from "./requested_claims.ts";

/** How the response gets back: to the opener, by a form to `login_uri`, or to `redirect_uri`. */
export type FlowKind = "popup" | "redirect" | "link";

/** The parameters that the application's page opened a page of the stand-in with. */
export interface FlowRequest {
  kind: FlowKind;
  /** What started it: the button, or the One Tap prompt of a browser with tracking prevention (ITP). */
  trigger: "btn" | "itp";
  clientId: string;
  /** The origin of the application's page. */
  origin: string;
  nonce: string;
  /** The id of the message channel: the hash of a secret that only the opener knows. */
  channel: string;
  state: string;
  /** The URL that the form is posted to. Unused by the kind `popup`. */
  target: string;
  /** The value that Google's script has also stored in the cookie `g_csrf_token`. */
  csrfToken: string;
  loginHint: string;
  /** The claims about the Google session that the token has. */
  claims: SessionClaim[];
  /** How an authorization request wants the response: in a posted form, or behind the `#` of the URL. */
  responseMode: "form_post" | "fragment";
  /** Whether an authorization request forbids the chooser (`none`), or demands it (`choose`). */
  prompt: "none" | "choose" | "";
  /** The Workspace domain whose accounts are offered, `*` for those of any, or "". */
  hostedDomain: string;
}

export const MALFORMED_CLAIMS = "Error 400: invalid_request (claims)";

/** The parameters of a request. */
export interface Fields {
  get(name: string): string | null;
}

/** Reads a flow that Google's script started. Returns Google's error text if it is invalid. */
export function readFlow(
  fields: Fields,
  { hasClient, allowsOrigin }: Registration,
): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const isRedirect = text("ux_mode") === "redirect";
  const target = text("login_uri");
  const origin = isRedirect ? (URL.parse(target)?.origin ?? "") : text("origin");
  if (!hasClient(text("client_id"))) return "The given client ID is not found.";
  if (!allowsOrigin(origin)) return "The given origin is not allowed for the given client ID.";
  const claims = readRequestedClaims(text("claims"));
  if (!claims) return MALFORMED_CLAIMS;
  return { ...readCommon(text), kind: isRedirect ? "redirect" : "popup", origin, target, claims };
}

/** The parameters that flows of all kinds have, but the claims. */
export function readCommon(text: (name: string) => string) {
  return {
    responseMode: "form_post" as const,
    prompt: "" as const,
    clientId: text("client_id"),
    nonce: text("nonce"),
    channel: text("channel"),
    state: text("state"),
    csrfToken: text("g_csrf_token"),
    trigger: text("trigger") === "itp" ? ("itp" as const) : ("btn" as const),
    loginHint: text("login_hint"),
    hostedDomain: text("hd"),
  };
}
