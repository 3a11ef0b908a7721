import { hashToken } from "../auth/token.ts";
import { accessCookie } from "../http/cookies.ts";
import type { AppContext } from "../session/app_context.ts";
import { readSession, useSession } from "../session/read_session.ts";
import { readToken } from "../session/read_token.ts";
import { type SignedIn, withCurrentToken } from "../session/signed_in.ts";

/**
 * Who visits a protected application. The visit is activity, and renews nothing: its answer sets no cookie. Where
 * applications have a cookie of their own, no other counts.
 */
export async function readVisitor(app: AppContext, request: Request): Promise<SignedIn | null> {
  const { cookieDomain } = app.config;
  const use = { request, set: null, isBackground: false };
  if (cookieDomain === null) return readSession(app, use);
  const token = readToken(request, accessCookie(cookieDomain).name);
  const found = token === null ? null : await app.store.findSessionByAccess(hashToken(token));
  // No token of the session is presented, so none can be accepted.
  return found && useSession(app, { ...use, session: withCurrentToken(found), tokenHash: "" });
}
