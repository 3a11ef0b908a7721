import { Elysia } from "elysia";

import { translate } from "../../views/words/words.ts";
import { localPage } from "../auth/return_state.ts";
import { readCredential, readGoogleForm, readSignInMethod } from "../http/form.ts";
import { announceLoginStatusChange } from "../http/headers.ts";
import { shownPath, shownUrl } from "../http/hx_request.ts";
import { wordsOf } from "../http/language.ts";
import type { Pages } from "../pages/all_pages.ts";
import { sendSignedOut } from "../pages/signed_out.tsx";
import { pageOfPath, pagePath, PATHS, TOP_PAGE } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { beginSession } from "../session/begin_session.ts";
import { signOut } from "../session/sign_out.ts";

/** Signs in with the ID token that our page got from Google, and signs out. */
export function loginRoutes(app: AppContext, pages: Pages) {
  const { config } = app;

  return new Elysia()
    .post(
      PATHS.login,
      async ({ request, set }) => {
        const { credential, method } = await app.limits.attempt("sign_in", request, async () => {
          const form = await readGoogleForm(request);
          return { credential: readCredential(form), method: readSignInMethod(form) };
        });
        const path = localPage(shownPath(request));
        const { name } = await beginSession(app, { credential, method, path, request, set });
        announceLoginStatusChange(set);
        return { Authenticated_as: name };
      },
      { parse: "none" },
    )
    .post(
      PATHS.logout,
      async ({ request, set, redirect }) => {
        const ended = await signOut(app, { request, set });
        if (isForContent(request)) {
          const end = { name: ended?.name ?? null, left: leftPage(request, pages) };
          return sendSignedOut(end, { config, request, set });
        }
        announceLoginStatusChange(set);
        return isNavigation(request) ? redirect(localPage(refererOf(request)), 303) : "";
      },
      { parse: "none" },
    );
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
