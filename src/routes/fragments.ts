import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import { hxRequest } from "../http/hx_request.ts";
import { wordsOf } from "../http/language.ts";
import type { Pages } from "../pages/all_pages.ts";
import { sendPage } from "../pages/send_page.tsx";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";

/** The pages as fragments. Each refuses people outside its audience. */
export function fragmentRoutes(app: AppContext, pages: Pages) {
  return new Elysia()
    .use(hxRequest())
    .use(currentUser(app))
    .get(`${PATHS.fragments}/:name`, ({ params, signedIn, request, set }) => {
      const page = pages.get(params.name);
      if (!page) throw new RefusedRequest("not_found");
      const query = new URL(request.url).searchParams;
      return sendPage(page, { app, words: wordsOf(request), signedIn, query, request, set });
    });
}
