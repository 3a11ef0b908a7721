import { Elysia } from "elysia";

import type { User } from "../../db/contract/session.ts";
import { translate } from "../../views/words/words.ts";
import { localPage } from "../auth/return_state.ts";
import { judgeSession } from "../auth/session_policy.ts";
import { hashToken } from "../auth/token.ts";
import { isDatabaseError } from "../errors.ts";
import { clearCookie, sessionCookie } from "../http/cookies.ts";
import { readCredential, readGoogleForm, readSignInMethod } from "../http/form.ts";
import { announceLoginStatusChange } from "../http/headers.ts";
import { shownUrl } from "../http/hx_request.ts";
import { wordsOf } from "../http/language.ts";
import type { Pages } from "../pages/all_pages.ts";
import { sendSignedOut } from "../pages/signed_out.tsx";
import { pageOfPath, pagePath, PATHS, TOP_PAGE } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { beginSession, readToken } from "../session/begin_session.ts";
import { requirePageSession } from "../session/page_session.ts";

/** Signs in with the ID token that our page got from Google, and signs out. */
export function loginRoutes(app: AppContext, pages: Pages) {
  const { config, store, now, logOf, loginEvents } = app;
  const session = sessionCookie(config.origin);

  return new Elysia()
    .post(
      PATHS.login,
      async ({ request, set }) => {
        const { credential, method } = await app.limits.attempt("sign_in", request, async () => {
          const form = await readGoogleForm(request);
          return { credential: readCredential(form), method: readSignInMethod(form) };
        });
        const path = localPage(shownUrl(request)?.pathname ?? null);
        const { name } = await beginSession(app, { credential, method, path, request, set });
        announceLoginStatusChange(set);
        return { Authenticated_as: name };
      },
      { parse: "none" },
    )
    .post(
      PATHS.logout,
      async ({ request, set, redirect }) => {
        const token = readToken(request, session.name);
        const ended = token ? await endSession(token, request) : null;
        if (ended) {
          logOf(request)("info", "signed_out", { user: ended.id });
          loginEvents.publish(ended.id);
        }
        await clearCookie(set, session);
        if (isForContent(request)) {
          const end = { name: ended?.name ?? null, left: leftPage(request, pages) };
          return sendSignedOut(end, { config, request, set });
        }
        announceLoginStatusChange(set);
        return isNavigation(request) ? redirect(localPage(refererOf(request)), 303) : "";
      },
      { parse: "none" },
    );

  /** Ends the session. If the database is read-only, sign-out must still work, so the cookie is cleared anyway. */
  async function endSession(token: string, request: Request): Promise<User | null> {
    try {
      const hash = hashToken(token);
      const found = await store.findSession(hash);
      if (!found) return null;
      requirePageSession(request, { sessionId: found.id, user: found.user });
      const audit = auditContextOf(request, { app, actorId: null });
      const verdict = judgeSession(found, { now: now(), limits: config, isBackground: true });
      if (verdict.state !== "suspicion") {
        return (await store.signOut(hash, audit)) ? found.user : null;
      }
      const [sessionId, userId] = [found.id, found.user.id];
      await store.endSession({ sessionId, userId, why: verdict.state }, audit);
      return found.user;
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      logOf(request)("error", "sign_out_not_written", { cause: error.message });
      return null;
    }
  }
}

/** Whether our page puts the answer in the place of its content. Others get an empty one. */
function isForContent({ headers }: Request): boolean {
  return headers.get("hx-target")?.endsWith("#content_section") ?? false;
}

/** The page from which a person signed out, unless it is the front page. */
function leftPage(request: Request, pages: Pages) {
  const page = pages.get(pageOfPath(shownUrl(request)?.pathname ?? "") ?? "");
  if (!page || page.name === TOP_PAGE) return null;
  return { title: translate(page.title, wordsOf(request)), path: pagePath(page.name) };
}

/** Whether a form without script was sent, whose answer is a page. */
function isNavigation(request: Request): boolean {
  return request.headers.get("sec-fetch-mode") === "navigate";
}

/** The path of the page that sent the form. */
function refererOf(request: Request): string | null {
  return URL.parse(request.headers.get("referer") ?? "")?.pathname ?? null;
}
