import { Html } from "@elysiajs/html";
import { Elysia } from "elysia";

import { RepostPage } from "../../views/sign_in/repost_page.tsx";
import { localPage, readReturnState } from "../auth/return_state.ts";
import { isSameText } from "../auth/token.ts";
import { RefusedRequest } from "../errors.ts";
import { readCookie, signInCookie } from "../http/cookies.ts";
import { isOwnRequest } from "../http/cross_origin.ts";
import {
  type Form,
  MAX_CREDENTIAL_LENGTH,
  readCredential,
  readGoogleForm,
  readSignInMethod,
  readText,
} from "../http/form.ts";
import { sendFragment } from "../http/fragment.ts";
import { type HeaderSet, noStore } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import { leadBackTo } from "../http/lead_back.ts";
import { contentPolicy } from "../http/security_headers.ts";
import { ENTER, pagePath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { beginSession } from "../session/begin_session.ts";
import { readToken } from "../session/read_token.ts";

/** The fields of Google's forms that Foyer reads, and how long each may be. No other field is posted again. */
const FIELDS: readonly [name: string, longest: number][] = [
  ["credential", MAX_CREDENTIAL_LENGTH],
  ["g_csrf_token", 256],
  ["id_token", MAX_CREDENTIAL_LENGTH],
  ["state", 6144],
  ["select_by", 64],
  ["error", 256],
];

/** Google's answer, and the page to return to. */
interface CallbackAnswer {
  credential: string;
  method: string;
  path: string;
}

/** Completes a sign-in on Google's page: Google posts a form to this route. */
export function googleCallbackRoutes(app: AppContext) {
  const { config, assets, limits } = app;
  const { origin } = config;
  const repostPolicy = contentPolicy(config, { leadsToSites: true });

  return new Elysia().post(
    PATHS.callback,
    async ({ request, set, redirect }) => {
      const form = await limits.attempt("sign_in", request, () => readShortFields(request));
      if (!isOwnRequest(request, origin)) return sendRepost(form, { request, set });
      const read = () => readCallback(form, { request, origin });
      const answer = await limits.attempt("sign_in", request, read);
      await beginSession(app, { ...answer, request, set });
      noStore(set);
      return redirect(afterSignIn(answer.path), 303);
    },
    { parse: "none" },
  );

  function sendRepost(form: Form, { request, set }: { request: Request; set: HeaderSet }) {
    limits.count("page", request);
    set.headers["Content-Security-Policy"] = repostPolicy;
    const page = (
      <RepostPage
        words={wordsOf(request)}
        brand={config.brand}
        assets={assets}
        action={PATHS.callback}
        fields={knownFields(form)}
      />
    );
    return sendFragment(page, { request, set });
  }
}

/** Where a person goes on: the way in to a protected application leads there at once. */
function afterSignIn(path: string): string {
  const page = `${pagePath(ENTER)}?`;
  return path.startsWith(page) ? `${PATHS.enter}?${path.slice(page.length)}` : path;
}

/** Reads Google's form. Throws `malformed_credential` for a field that is longer than Google's: drawing it costs its length. */
async function readShortFields(request: Request): Promise<Form> {
  const form = await readGoogleForm(request);
  if (FIELDS.every(([name, longest]) => readText(form, name).length <= longest)) return form;
  throw new RefusedRequest("malformed_credential");
}

/** The known fields of a form, each once. */
function knownFields(form: Form): [name: string, value: string][] {
  return FIELDS.map(([name]): [string, string] => [name, readText(form, name)]).filter(
    ([, value]) => value,
  );
}

/**
 * Reads Google's form: `id_token` with our own `state` (link), or `credential` with `g_csrf_token` (redirect
 * mode), which Google's script also sets as a cookie. Throws `csrf_mismatch` unless the form belongs to this
 * browser.
 *
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
function readCallback(
  form: Form,
  { request, origin }: { request: Request; origin: string },
): CallbackAnswer {
  const state = readText(form, "state");
  const isLink = form.has("id_token") || form.has("error");
  // The link's state is signed. In redirect mode the state is a plain path, so `g_csrf_token` is the proof.
  const path = isLink
    ? readReturnState(state, readToken(request, signInCookie(origin).name))
    : hasCsrfToken(form, request) && state;
  if (path === null || path === false) throw new RefusedRequest("csrf_mismatch");
  const returnPath = localPage(path);
  return {
    credential: leadBackTo(returnPath, () =>
      readCredential(form, isLink ? "id_token" : "credential"),
    ),
    method: isLink ? "link" : readSignInMethod(form),
    path: returnPath,
  };
}

function hasCsrfToken(form: Form, request: Request): boolean {
  const token = readText(form, "g_csrf_token");
  const cookie = readCookie(request, "g_csrf_token");
  return token !== "" && cookie !== null && isSameText(token, cookie);
}
