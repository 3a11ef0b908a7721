import type { SessionBinding } from "../../db/contract/binding.ts";
import type { SessionRecord } from "../../db/contract/session.ts";
import { createChallenge } from "../auth/binding_challenge.ts";
import { BOUND_AGE_MS, BOUND_SLACK_MS } from "../auth/session_policy.ts";
import { createToken, hashToken } from "../auth/token.ts";
import { boundCookie, setCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "../session/app_context.ts";
import { findPresented } from "../session/find_presented.ts";
import { judgePerson } from "../session/signed_in.ts";

/** A live session that was offered a binding. */
export interface BindableSession {
  session: SessionRecord;
  binding: SessionBinding;
}

/** Finds the live session of a request's session cookie, whatever its device. Changes nothing. */
export async function findBindable(
  app: AppContext,
  request: Request,
): Promise<BindableSession | null> {
  const presented = await findPresented(app, request);
  if (!presented) return null;
  const { config, now, store } = app;
  // The bound token may have expired: this is how the device gets the next one.
  const session = { ...presented.session };
  session.token = { ...session.token, boundUntil: Infinity };
  const options = { config, now: now(), isBackground: true };
  if (!judgePerson(session, options).verdict) return null;
  const binding = await store.findBinding(session.id);
  return binding && { session, binding };
}

/** A new bound token: what is stored, and how the browser gets it. */
export function createBoundToken(
  { random, now, boundAgeMs = BOUND_AGE_MS }: Pick<AppContext, "random" | "now" | "boundAgeMs">,
  { id: sessionId, expiresAt }: SessionRecord,
) {
  const value = createToken(random);
  const end = Math.min(now() + boundAgeMs, expiresAt);
  const maxAge = Math.ceil((end - now()) / 1000);
  return {
    stored: { sessionId, hash: hashToken(value), expiresAt: end + BOUND_SLACK_MS },
    send: (set: HeaderSet) => setCookie(set, boundCookie(), { value, maxAge }),
  };
}

/** Gives the browser the challenge for its next proof. A clock that was set back makes it no older than an answered one. */
export function sendChallenge(
  set: HeaderSet,
  { session, binding, now }: BindableSession & { now: number },
): void {
  const at = Math.max(now, (binding.challengedAt ?? 0) + 1);
  const challenge = createChallenge(at, { secret: binding.secret, purpose: "refresh" });
  set.headers["secure-session-challenge"] = `"${challenge}";id="${session.id}"`;
}
