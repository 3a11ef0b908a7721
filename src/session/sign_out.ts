import type { User } from "../../db/contract/session.ts";
import { judgeSession } from "../auth/session_policy.ts";
import { hashToken } from "../auth/token.ts";
import { isDatabaseError } from "../errors.ts";
import { sessionCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { readToken } from "./begin_session.ts";
import { requirePageSession } from "./page_session.ts";
import { clearSessionCookies } from "./session_cookies.ts";

/**
 * Ends the session of a request, clears its cookies and notifies its pages. Returns whose it was, or `null`. Throws
 * `signed_in_as_another` for a page of another session.
 */
export async function signOut(
  app: AppContext,
  { request, set }: { request: Request; set: HeaderSet },
): Promise<User | null> {
  const token = readToken(request, sessionCookie(app.config.origin).name);
  const ended = token === null ? null : await endSession(app, { token, request });
  if (ended) {
    app.logOf(request)("info", "signed_out", { user: ended.id });
    app.loginEvents.publish(ended.id);
  }
  await clearSessionCookies(set, app.config);
  return ended;
}

/** If the database is read-only, sign-out must still work, so the cookies are cleared anyway. */
async function endSession(
  app: AppContext,
  { token, request }: { token: string; request: Request },
): Promise<User | null> {
  const { store, config, now } = app;
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
    app.logOf(request)("error", "sign_out_not_written", { cause: error.message });
    return null;
  }
}
