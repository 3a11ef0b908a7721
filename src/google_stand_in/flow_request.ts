import { isLoopbackUrl } from "./loopback.ts";

/** How Google's answer goes back: to the opener, by a form to `login_uri`, or by one to `redirect_uri`. */
export type FlowKind = "popup" | "redirect" | "link";

/** What a page of the stand-in's was opened with; it all comes from the application's page. */
export interface FlowRequest {
  kind: FlowKind;
  /** What began it: the button, or the prompt of a browser that tells frames nothing. */
  trigger: "btn" | "itp";
  clientId: string;
  /** The origin of the page that asks. */
  origin: string;
  nonce: string;
  /** Names the flow; the opener proves that it is its own by revealing what this is the hash of. */
  channel: string;
  state: string;
  /** Where a form goes, for the two kinds that leave the page. */
  target: string;
  /** What Google's script has put into a cookie besides. */
  csrfToken: string;
  loginHint: string;
}

interface Fields {
  get(name: string): string | null;
}

/** The fields of a flow that Google's script began, or the sentence with which Google would refuse them. */
export function readFlow(fields: Fields): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const isRedirect = text("ux_mode") === "redirect";
  const target = text("login_uri");
  const origin = isRedirect ? (URL.parse(target)?.origin ?? "") : text("origin");
  if (!text("client_id")) return "The given client ID is not found.";
  if (!isRegistered(origin)) return "The given origin is not allowed for the given client ID.";
  return { ...readCommon(text), kind: isRedirect ? "redirect" : "popup", origin, target };
}

/**
 * The fields of an authorization request, or the sentence with which Google would refuse them.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthRequest
 */
export function readAuthorization(fields: Fields): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const target = text("redirect_uri");
  const origin = URL.parse(target)?.origin ?? "";
  if (!text("client_id")) return "Error 401: invalid_client";
  if (!isRegistered(origin)) return "Error 400: redirect_uri_mismatch";
  if (text("response_type") !== "id_token") return "Error 400: unsupported_response_type";
  if (text("response_mode") !== "form_post") return "Error 400: invalid_request (response_mode)";
  if (!text("scope").split(" ").includes("openid")) return "Error 400: invalid_scope";
  if (!text("nonce")) return "Error 400: invalid_request (nonce)";
  return { ...readCommon(text), kind: "link", origin, target };
}

function readCommon(text: (name: string) => string) {
  return {
    clientId: text("client_id"),
    nonce: text("nonce"),
    channel: text("channel"),
    state: text("state"),
    csrfToken: text("g_csrf_token"),
    trigger: text("trigger") === "itp" ? ("itp" as const) : ("btn" as const),
    loginHint: text("login_hint"),
  };
}

/** Whether an origin counts as registered with the client: the pages of this machine do, and no other. */
export function isRegistered(origin: string): boolean {
  return isLoopbackUrl(origin) && URL.parse(origin)?.origin === origin;
}
