import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { RepostPage } from "../../views/repost_page.tsx";
import type { Assets } from "../assets.ts";
import { createNonce } from "../auth/nonce.ts";
import { createReturnState } from "../auth/return_state.ts";
import type { Config } from "../config.ts";
import { PATHS } from "../paths.ts";
import { beginSession, type BeginSessionDependencies } from "../plugins/begin_session.ts";
import { isOwnRequest } from "../plugins/cross_origin.ts";
import { readGoogleForm } from "../plugins/form_body.ts";
import { knownFields, readCallback } from "../plugins/google_callback.ts";
import { noStore } from "../plugins/headers.ts";
import { sendFragment } from "../plugins/html.ts";
import { giveSignInToken } from "../plugins/sign_in_token.ts";
import { localPage } from "../return_path.ts";

/** The ways in that leave the page: to Google by a link, and back by a form of Google's. */
export function googleRedirectRoutes(deps: BeginSessionDependencies & { assets: Assets }) {
  const { config, now, assets } = deps;
  const { origin } = config;

  return new Elysia()
    .get(PATHS.google, async ({ query, request, set, redirect }) => {
      const token = await giveSignInToken(request, { set, origin });
      const state = createReturnState(localPage(query.return ?? null), token);
      const nonce = createNonce(token, now());
      noStore(set);
      return redirect(authorizationUrl(config, { state, nonce }), 303);
    })
    .post(
      PATHS.callback,
      async ({ request, set, redirect }) => {
        const form = await readGoogleForm(request);
        if (!isOwnRequest(request, origin)) {
          const fields = knownFields(form);
          const page = <RepostPage assets={assets} action={PATHS.callback} fields={fields} />;
          return sendFragment(page, { request, set });
        }
        const { path, ...answer } = readCallback(form, { request, origin });
        await beginSession(deps, { ...answer, request, set });
        noStore(set);
        return redirect(path, 303);
      },
      { parse: "none" },
    );
}

/** @see https://developers.google.com/identity/openid-connect/openid-connect#authenticationuriparameters */
function authorizationUrl(
  { googleAccountsUrl, googleClientId, origin }: Config,
  { state, nonce }: { state: string; nonce: string },
): string {
  const query = new URLSearchParams({
    client_id: googleClientId,
    redirect_uri: origin + PATHS.callback,
    response_type: "id_token",
    response_mode: "form_post",
    scope: "openid email profile",
    nonce,
    state,
  });
  return `${googleAccountsUrl}/o/oauth2/v2/auth?${query}`;
}
