import type { Flow, Response } from "./flow.ts";

interface FedCmRequest {
  /** `active` after a click on a button, else `passive`. */
  mode: "active" | "passive";
  /** Whether the browser may sign in a returning person without a dialog. */
  isSilent: boolean;
  signal?: AbortSignal;
}

interface FedCmClasses {
  IdentityCredential?: { disconnect(options: object): Promise<void> };
}

/** Whether the browser supports FedCM. */
export function hasFedCm(): boolean {
  return "IdentityCredential" in window;
}

/** Requests a token by FedCM. Resolves with `null` for any failure; browsers hide the reason. */
export async function requestFedCm(
  { base, configuration, claims, state }: Flow,
  { mode, isSilent, signal }: FedCmRequest,
): Promise<Response | null> {
  const { client_id, nonce = "not_provided", login_hint, hd, context = "signin" } = configuration;
  const provider = {
    configURL: `${base}/gsi/fedcm.json`,
    clientId: client_id,
    fields: ["name", "email", "picture"],
    params: {
      response_type: "id_token",
      scope: "email profile openid",
      ss_domain: location.origin,
      nonce,
      ...(claims ? { claims } : {}),
    },
    ...(login_hint ? { loginHint: login_hint } : {}),
    ...(hd ? { domainHint: hd === "*" ? "any" : hd } : {}),
  };
  const options: CredentialRequestOptions & { identity: object } = {
    mediation: isSilent ? "optional" : "required",
    identity: { mode, context, providers: [provider] },
    ...(signal ? { signal } : {}),
  };
  try {
    const found = (await navigator.credentials.get(options)) as object as IdentityCredential | null;
    return found && createResponse(found, { clientId: client_id, mode, state });
  } catch {
    return null;
  }
}

/** Withdraws the approval of the client. Resolves with whether it succeeded. */
export async function disconnectFedCm(
  { base, configuration }: Flow,
  hint: string,
): Promise<boolean> {
  const { IdentityCredential } = window as FedCmClasses;
  const options = {
    configURL: `${base}/gsi/fedcm.json`,
    clientId: configuration.client_id,
    accountHint: hint,
  };
  return (
    (await IdentityCredential?.disconnect(options).then(
      () => true,
      () => false,
    )) ?? false
  );
}

interface IdentityCredential {
  token: unknown;
  isAutoSelected: boolean;
}

function createResponse(
  { token, isAutoSelected }: IdentityCredential,
  { clientId, mode, state }: { clientId: string; mode: string; state: string | undefined },
): Response {
  const method = mode === "active" ? "fedcm_button" : isAutoSelected ? "fedcm_auto" : "fedcm";
  const response = {
    credential: readToken(token),
    select_by: method,
    client_id: clientId,
    clientId,
    ...(state ? { state } : {}),
  };
  return response as Response;
}

function readToken(token: unknown): string {
  const found = typeof token === "string" && token.startsWith("{") ? JSON.parse(token) : token;
  return typeof found === "string" ? found : (found.id_token ?? found.token);
}
