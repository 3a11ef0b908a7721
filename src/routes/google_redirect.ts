import { Elysia } from "elysia";

import { createNonce } from "../auth/nonce.ts";
import { createReturnState, localPage } from "../auth/return_state.ts";
import { ASKED_CLAIMS } from "../auth/session_claims.ts";
import type { Config } from "../config.ts";
import { isOwnVisit } from "../http/cross_origin.ts";
import { noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";

type RedirectContext = Pick<AppContext, "config" | "now" | "random" | "limits">;

/** Redirects to Google's sign-in page. This method needs no script. */
export function googleRedirectRoutes({ config, now, random, limits }: RedirectContext) {
  const { origin } = config;

  return new Elysia().get(PATHS.google, async ({ query, request, set, redirect }) => {
    limits.count("page", request);
    const token = await giveSignInToken(request, { set, origin, random });
    const state = createReturnState(localPage(query.return ?? null), token);
    const nonce = createNonce(token, { now: now(), random });
    noStore(set);
    const isAnother = query.account === "another";
    // Else a link of another site would sign in whom Google knows already, without a click of theirs.
    const mustChoose = isAnother || !isOwnVisit(request);
    return redirect(authorizationUrl(config, { state, nonce, isAnother, mustChoose }), 303);
  });
}

interface Asked {
  state: string;
  nonce: string;
  /** The person wants another account than Google would take. */
  isAnother: boolean;
  /** Google is to ask which account it is, also if it knows only one. */
  mustChoose: boolean;
}

/** @see https://developers.google.com/identity/openid-connect/openid-connect#authenticationuriparameters */
function authorizationUrl(
  { googleAccountsUrl, googleClientId, googleHostedDomain, googleAuthClaims, origin }: Config,
  { state, nonce, isAnother, mustChoose }: Asked,
): string {
  // An administrator by configuration may have an address outside of the domain.
  const isHinted = googleHostedDomain !== null && !isAnother;
  const query = new URLSearchParams({
    client_id: googleClientId,
    redirect_uri: origin + PATHS.callback,
    response_type: "id_token",
    response_mode: "form_post",
    scope: "openid email profile",
    nonce,
    state,
    ...(googleAuthClaims ? { claims: ASKED_CLAIMS.parameter } : {}),
    ...(isHinted ? { hd: googleHostedDomain } : {}),
    ...(mustChoose ? { prompt: "select_account" } : {}),
  });
  return `${googleAccountsUrl}/o/oauth2/v2/auth?${query}`;
}
