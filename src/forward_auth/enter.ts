import { Elysia } from "elysia";

import { createToken, hashToken } from "../auth/token.ts";
import { RefusedRequest } from "../errors.ts";
import { accessCookie, setCookie } from "../http/cookies.ts";
import { type HeaderSet, noStore } from "../http/headers.ts";
import { readNumber } from "../http/query.ts";
import { enterPagePath, enterPath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import { readToken } from "../session/read_token.ts";
import type { SignedIn } from "../session/signed_in.ts";
import { requireSite } from "./require_site.ts";
import { readReturnAddress, type ReturnAddress } from "./return_address.ts";

/** How often a browser may fail to bring the cookie back: tabs that ask at once replace each other's. */
const MAX_TRIES = 3;

/** Leads a signed-in person to a protected application, with a cookie for it, and others to the way in. */
export function enterRoutes(app: AppContext) {
  const { sites } = app.config;

  return new Elysia()
    .use(currentUser(app))
    .get(PATHS.enter, async ({ request, set, signedIn, redirect }) => {
      const query = new URL(request.url).searchParams;
      const address = readReturnAddress(query.get("return"), sites);
      noStore(set);
      const target = address
        ? await findTarget({ ...address, query, request, set, signedIn })
        : PATHS.page;
      if (request.headers.get("hx-request") !== "true") return redirect(target, 303);
      set.headers["hx-redirect"] = target;
      return "";
    });

  async function findTarget({ site, href, query, ...entry }: Entry): Promise<string> {
    const { request, set, signedIn } = entry;
    if (!signedIn) return enterPagePath(href);
    await requireSite(app, { signedIn, site, request, addressOf: () => href });
    const tries = readNumber(query, "tries", { least: 0, most: MAX_TRIES, fallback: 0 });
    const hasAccess = await giveAccess(app, { request, set, signedIn, tries, href });
    return hasAccess ? href : enterPath(href, { tries: tries + 1 });
  }
}

interface Entry extends ReturnAddress {
  query: URLSearchParams;
  request: Request;
  set: HeaderSet;
  signedIn: SignedIn | null;
}

interface AccessOptions {
  request: Request;
  set: HeaderSet;
  signedIn: SignedIn;
  tries: number;
  href: string;
}

/**
 * Whether the browser has the cookie for protected applications; gives it a new one if not. Throws `cookie_not_kept`
 * if the browser brought none back: it would be led around in a circle.
 */
async function giveAccess(
  { config: { cookieDomain }, store, random, now, limits }: AppContext,
  { request, set, signedIn: { sessionId, expiresAt, user }, tries, href }: AccessOptions,
): Promise<boolean> {
  if (cookieDomain === null) return true;
  const cookie = accessCookie(cookieDomain);
  const token = readToken(request, cookie.name);
  const found = token === null ? null : await store.findSessionByAccess(hashToken(token));
  if (found?.id === sessionId) return true;
  if (tries >= MAX_TRIES || (tries > 0 && token === null)) {
    const refusal = new RefusedRequest("cookie_not_kept");
    refusal.returnPath = enterPath(href);
    throw refusal;
  }
  limits.countAccess(user.id);
  const value = createToken(random);
  await store.setAccess({ sessionId, accessHash: hashToken(value) });
  await setCookie(set, cookie, { value, maxAge: Math.ceil((expiresAt - now()) / 1000) });
  return false;
}
