import { Elysia } from "elysia";

import { signIn, type SignInDependencies } from "../auth/sign_in.ts";
import { hashToken, isToken } from "../auth/token.ts";
import { isDatabaseError } from "../errors.ts";
import { PATHS } from "../paths.ts";
import {
  clearCookie,
  type HeaderSet,
  readCookie,
  sessionCookie,
  setCookie,
  signInCookie,
} from "../plugins/cookies.ts";
import type { CurrentUserDependencies } from "../plugins/current_user.ts";
import { readCredential, readForm } from "../plugins/form_body.ts";

/** Signing in with Google's token, and signing out. */
export function signInRoutes(deps: CurrentUserDependencies & SignInDependencies) {
  const { config, store, now, log, loginEvents } = deps;
  const session = sessionCookie(config.origin);
  const browser = signInCookie(config.origin);

  return new Elysia()
    .post(
      PATHS.login,
      async ({ request, set }) => {
        const credential = readCredential(await readForm(request));
        const signInToken = readToken(request, browser.name);
        const sessionToken = readToken(request, session.name);
        const begun = await signIn({ credential, signInToken, sessionToken }, deps);
        const maxAge = Math.ceil((begun.expiresAt - now()) / 1000);
        await setCookie(set, session, { value: begun.token, maxAge });
        log("info", "signed_in", { user: begun.user.id, session: begun.sessionId });
        announceChange(set, begun.endedUserId, begun.user.id);
        return { Authenticated_as: begun.user.name };
      },
      { parse: "none" },
    )
    .post(
      PATHS.logout,
      async ({ request, set }) => {
        const token = readToken(request, session.name);
        const ended = token && (await endSession(token));
        if (ended) log("info", "signed_out", { user: ended.userId });
        await clearCookie(set, session);
        announceChange(set, ended && ended.userId);
        return "";
      },
      { parse: "none" },
    );

  /** A database that cannot write must not keep anybody from leaving: the cookie goes in any case. */
  async function endSession(token: string): Promise<{ userId: string } | null> {
    try {
      return await store.signOut(hashToken(token));
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      log("error", "sign_out_not_written", { cause: error.message });
      return null;
    }
  }

  function announceChange(set: HeaderSet, ...userIds: (string | null)[]): void {
    set.headers["hx-trigger"] = "LoginStatusChange";
    set.headers["cache-control"] = "no-store";
    set.headers.vary = "Cookie";
    for (const id of new Set(userIds)) if (id) loginEvents.publish(id);
  }
}

function readToken(request: Request, name: string): string | null {
  const token = readCookie(request, name);
  return isToken(token) ? token : null;
}
