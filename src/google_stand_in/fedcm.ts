import { answerError, readFedCmForm, readParams, refuseUnlessFedCm } from "./fedcm_request.ts";
import { wrapFedCmToken } from "./fedcm_token.ts";
import { findAccount, readAccounts } from "./google_session.ts";
import { only } from "./responses.ts";
import type { RouteContext } from "./route_context.ts";
import { sessionClaims } from "./session_claims.ts";

const CONFIG = "/gsi/fedcm.json";
const ENDPOINTS = {
  accounts_endpoint: "/gsi/fedcm/accounts",
  client_metadata_endpoint: "/gsi/fedcm/client_metadata",
  id_assertion_endpoint: "/gsi/fedcm/id_assertion",
  disconnect_endpoint: "/gsi/fedcm/disconnect",
  login_url: "/signin",
};

/**
 * The endpoints of a FedCM identity provider.
 *
 * @see https://w3c-fedid.github.io/FedCM/#idp-api
 */
export function fedCmRoutes({ issueToken, approvals, behaviour, registration, now }: RouteContext) {
  function listAccounts(request: Bun.BunRequest): Response {
    const refusal = refuseUnlessFedCm(request);
    if (refusal) return refusal;
    const people = readAccounts(request);
    const { origin } = new URL(request.url);
    const accounts = people.map((person) => ({
      id: person.sub,
      name: person.name,
      given_name: person.name.split(" ")[0],
      email: person.email,
      ...(person.hasPicture ? { picture: `${origin}/people/${person.sub}.svg` } : {}),
      approved_clients: approvals.clientsOf(person.sub),
      login_hints: [person.email, person.sub],
      domain_hints: person.hostedDomain ? [person.hostedDomain] : [],
    }));
    return Response.json({ accounts }, { status: people.length > 0 ? 200 : 401 });
  }

  async function issueAssertion(request: Bun.BunRequest): Promise<Response> {
    const form = await readFedCmForm(request, registration);
    if (form instanceof Response) return form;
    const { clientId, cors, origin } = form;
    const params = readParams(form.get("params"), origin);
    if (!params) return answerError("invalid_request", cors);
    const person = findAccount(request, form.get("account_id"));
    if (!person) return answerError("access_denied", cors);
    const play = behaviour.current();
    if (play.answer !== "token") return answerError(play.answer, cors);
    approvals.approve(person.sub, clientId);
    const { nonce, claims: wanted } = params;
    const claims = sessionClaims(person, { wanted, play, now: now() });
    const credential = await issueToken({ person, clientId, claims, ...(nonce ? { nonce } : {}) });
    const token = wrapFedCmToken(credential, play.fedcm_token);
    return Response.json({ token }, { headers: cors });
  }

  async function disconnect(request: Bun.BunRequest): Promise<Response> {
    const form = await readFedCmForm(request, registration);
    if (form instanceof Response) return form;
    const person = findAccount(request, form.get("account_hint"));
    if (!person) return answerError("invalid_request", form.cors);
    approvals.withdraw(person.sub, form.clientId);
    return Response.json({ account_id: person.sub }, { headers: form.cors });
  }

  /** Client metadata without a privacy policy or terms of service. */
  function describeClient(request: Request): Response {
    const refusal = refuseUnlessFedCm(request);
    if (refusal) return refusal;
    const { hasClient, allowsOrigin } = registration;
    if (!allowsOrigin(request.headers.get("Origin") ?? ""))
      return answerError("unauthorized_client");
    const clientId = new URL(request.url).searchParams.get("client_id");
    if (!clientId) return answerError("invalid_request");
    return hasClient(clientId) ? Response.json({}) : answerError("unauthorized_client");
  }

  return {
    "/.well-known/web-identity": only("GET", (request) => Response.json(wellKnown(request))),
    [CONFIG]: only("GET", () => Response.json({ ...ENDPOINTS, branding: BRANDING })),
    [ENDPOINTS.accounts_endpoint]: only("GET", listAccounts),
    [ENDPOINTS.client_metadata_endpoint]: only("GET", describeClient),
    [ENDPOINTS.id_assertion_endpoint]: only("POST", issueAssertion),
    [ENDPOINTS.disconnect_endpoint]: only("POST", disconnect),
  };
}

const BRANDING = {
  name: "Foyer's stand-in for Google",
  background_color: "#1a73e8",
  color: "#fff",
};

// Browsers ask the site for this file, and Google's site is google.com. Since Chrome 145 a provider with client
// metadata must name all three.
function wellKnown(request: Request) {
  const url = new URL(request.url);
  if (url.hostname === "google.com") url.hostname = "accounts.google.com";
  const at = (path: string) => new URL(path, url).href;
  return {
    provider_urls: [at(CONFIG)],
    accounts_endpoint: at(ENDPOINTS.accounts_endpoint),
    login_url: at(ENDPOINTS.login_url),
  };
}
