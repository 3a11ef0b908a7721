import type { User } from "../../db/contract/session.ts";
import { isUnproved, judgeSession } from "../auth/session_policy.ts";
import { isDatabaseError } from "../errors.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { findPresented } from "./find_presented.ts";
import { requirePageSession } from "./page_session.ts";
import { clearSessionCookies } from "./session_cookies.ts";
import { noteUnproved } from "./unproved.ts";

/**
 * Ends the session of a request, clears its cookies and notifies its pages. Returns whose it was, or `null`. Throws
 * `signed_in_as_another` for a page of another session.
 */
export async function signOut(
  app: AppContext,
  { request, set }: { request: Request; set: HeaderSet },
): Promise<User | null> {
  const ended = await endSession(app, request);
  if (ended) {
    app.logOf(request)("info", "signed_out", { user: ended.id });
    app.loginEvents.publish(ended.id);
  }
  await clearSessionCookies(set, app.config);
  return ended;
}

/**
 * If the database is read-only, sign-out must still work, so the cookies are cleared anyway. So are those of a browser
 * whose device has not proved itself, and the session goes on: a thief must not end it.
 */
async function endSession(app: AppContext, request: Request): Promise<User | null> {
  const { store, config, now } = app;
  try {
    const presented = await findPresented(app, request);
    if (!presented) return null;
    const { session: found, tokenHash } = presented;
    const verdict = judgeSession(found, { now: now(), limits: config, isBackground: true });
    const isOver = verdict.state !== "alive" || found.endedByAdminAt !== null;
    if (!isOver && isUnproved(found, now())) {
      await noteUnproved(app, { session: found, request });
      return null;
    }
    requirePageSession(request, { sessionId: found.id, user: found.user });
    const audit = auditContextOf(request, { app, actorId: null });
    if (verdict.state !== "suspicion") {
      return (await store.signOut(tokenHash, audit)) ? found.user : null;
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
