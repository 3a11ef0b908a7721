import { Elysia } from "elysia";

import { createNonce } from "../auth/nonce.ts";
import { createReturnState, localPage } from "../auth/return_state.ts";
import { ASKED_CLAIMS } from "../auth/session_claims.ts";
import type { Config } from "../config.ts";
import { isOwnVisit } from "../http/cross_origin.ts";
import { noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { readSession } from "../session/read_session.ts";
import { giveSignInToken } from "../session/sign_in_cookie.ts";

/** Redirects to Google's sign-in page. This method needs no script. */
export function googleRedirectRoutes(app: AppContext) {
  const { config, now, random, limits } = app;
  const { origin } = config;

  return new Elysia().get(PATHS.google, async ({ query, request, set, redirect }) => {
    limits.count("page", request);
    const token = await giveSignInToken(request, { set, origin, random });
    const state = createReturnState(localPage(query.return ?? null), token);
    const nonce = createNonce(token, { now: now(), random });
    noStore(set);
    const isAnother = query.account === "another";
    const hint = query.account === "same" ? await findHint(app, request) : null;
    // Else a link of another site would sign in whom Google knows already, without a click of theirs.
    const mustChoose = isAnother || query.account === "same" || !isOwnVisit(request);
    const asked = { state, nonce, isAnother, hint, mustChoose };
    return redirect(authorizationUrl(config, asked), 303);
  });
}

/** The address of the person who signs in again, or `null`. */
async function findHint(app: AppContext, request: Request): Promise<string | null> {
  const signedIn = await readSession(app, { request, set: null, isBackground: true });
  return signedIn?.user.email ?? null;
}

interface Asked {
  state: string;
  nonce: string;
  /** The person wants another account than Google would take. */
  isAnother: boolean;
  /** The address of the account that the person has used before, or `null`. */
  hint: string | null;
  /** Google is to ask which account it is, also if it knows only one. */
  mustChoose: boolean;
}

/** @see https://developers.google.com/identity/openid-connect/openid-connect#authenticationuriparameters */
function authorizationUrl(
  { googleAccountsUrl, googleClientId, googleHostedDomain, googleAuthClaims, origin }: Config,
  { state, nonce, isAnother, hint, mustChoose }: Asked,
): string {
  // An administrator by configuration may have an address outside of the domain.
  const isLimited = googleHostedDomain !== null && !isAnother && hint === null;
  const query = new URLSearchParams({
    client_id: googleClientId,
    redirect_uri: origin + PATHS.callback,
    response_type: "id_token",
    response_mode: "form_post",
    scope: "openid email profile",
    nonce,
    state,
    ...(googleAuthClaims ? { claims: ASKED_CLAIMS.parameter } : {}),
    ...(isLimited ? { hd: googleHostedDomain } : {}),
    ...(hint === null ? {} : { login_hint: hint }),
    ...(mustChoose ? { prompt: "select_account" } : {}),
  });
  return `${googleAccountsUrl}/o/oauth2/v2/auth?${query}`;
}
