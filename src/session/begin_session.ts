import type { AuditContext } from "../../db/contract/audit.ts";
import { signInWithCredential } from "../auth/credential_sign_in.ts";
import { RefusedRequest } from "../errors.ts";
import { signInCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { findReplaced } from "./find_presented.ts";
import { offerBinding } from "./offer_binding.ts";
import { readToken } from "./read_token.ts";
import { setSessionCookies } from "./session_cookies.ts";

/** A request that carries Google's answer. */
export interface Arrival {
  credential: string;
  /** How the person signed in, in Google's words. */
  method: string;
  /** The page to return to. */
  path: string;
  request: Request;
  set: HeaderSet;
}

/** Signs in with Google's answer: begins a session, sets its cookie, and notifies the pages that it affects. */
export async function beginSession(
  app: AppContext,
  { credential, method, path, request, set }: Arrival,
): Promise<{ name: string }> {
  const { config, now, loginEvents, limits } = app;
  const signInToken = readToken(request, signInCookie(config.origin).name);
  const audit = auditContextOf(request, { app, actorId: null });
  limits.countCheck("sign_in", request);
  const sessionToken = await findReplaced(app, request);
  const attempt = { credential, method, signInToken, sessionToken, audit };
  const begun = await limits
    .attempt("sign_in", request, () => signInWithCredential(attempt, app))
    .catch((error: unknown) => recordRefusal(error, app, { audit, path, request }));
  const maxAge = Math.ceil((begun.expiresAt - now()) / 1000);
  await setSessionCookies(set, config, { ...begun, maxAge });
  const { user, sessionId, bindingSecret: secret } = begun;
  if (secret) {
    offerBinding(set, { secret, now: now() });
    app.counts.countBinding("offered");
  }
  app.counts.countSignIn("signed_in");
  app.logOf(request)("info", "signed_in", { user: user.id, session: sessionId, select_by: method });
  for (const id of new Set([begun.endedUserId, user.id])) if (id) loginEvents.publish(id);
  return { name: user.name };
}

/** Counts a refusal, adds it to the audit log if the person is known, and throws it with the page to return to. */
async function recordRefusal(
  error: unknown,
  { store, refusals, logOf }: AppContext,
  { audit, path, request }: { audit: AuditContext; path: string; request: Request },
): Promise<never> {
  if (error instanceof RefusedRequest) {
    error.returnPath = path;
    if (error.code === "too_many_requests") throw error;
    refusals.add(error.code);
    const { person, code } = error;
    if (person) {
      await store.recordRefusal({ ...person, code }, audit).catch((cause: unknown) => {
        logOf(request)("error", "refusal_not_recorded", { cause: String(cause) });
      });
    }
  }
  throw error;
}
