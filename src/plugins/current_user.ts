import { Elysia } from "elysia";

import type { SessionRecord, Store, User } from "../../db/store.ts";
import {
  type Alive,
  endOfSession,
  judgeSession,
  RENEWAL_GRACE_MS,
} from "../auth/session_policy.ts";
import { createToken, hashToken, isToken } from "../auth/token.ts";
import type { Config } from "../config.ts";
import { isDatabaseError, SignInError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { LoginEvents } from "../login_events.ts";
import { type HeaderSet, readCookie, sessionCookie, setCookie } from "./cookies.ts";

/** Who sends a request, and in which session. */
export interface SignedIn {
  user: User;
  sessionId: string;
  /** When the session began and when it ends, however active, in milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
}

/** What the reading of a session needs from outside. */
export interface CurrentUserDependencies {
  config: Config;
  store: Store;
  now: () => number;
  log: Log;
  loginEvents: LoginEvents;
}

/**
 * Gives the routes of an instance `signedIn`: the user and session of the request's cookie, read anew each
 * time, or `null`. A renewed cookie is added to whatever answer goes out; a dead one is left alone, as a
 * late answer must not erase a newer cookie. Requests of a `background` instance keep nobody signed in.
 */
export function currentUser(deps: CurrentUserDependencies, { background = false } = {}) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }) => {
    const isBackground = background || request.headers.get("x-background") === "1";
    return { signedIn: await readSession(deps, { request, set, isBackground }) };
  });
}

/** Narrows to a member, or throws `not_signed_in` or `user_disabled`. */
export function requireMember(signedIn: SignedIn | null): SignedIn {
  if (!signedIn) throw new SignInError("not_signed_in");
  if (signedIn.user.disabledAt !== null) throw new SignInError("user_disabled");
  return signedIn;
}

/** Reads the session of a request's cookie, and writes down what its use means. */
export async function readSession(
  deps: CurrentUserDependencies,
  { request, set, isBackground }: { request: Request; set: HeaderSet; isBackground: boolean },
): Promise<SignedIn | null> {
  const token = readCookie(request, sessionCookie(deps.config.origin).name);
  if (!isToken(token)) return null;
  const session = await deps.store.findSession(hashToken(token));
  if (!session) return null;
  const now = deps.now();
  const verdict = judgeSession(session, { now, limits: deps.config, isBackground });
  if (verdict.state !== "alive") {
    await endSession(deps, { session, isReused: verdict.state === "reused" });
    return null;
  }
  // What only keeps the session going must not stop a read that has succeeded.
  if (verdict.isFirstUse || verdict.isActivity || verdict.mayRenew) {
    await writeDown(deps, { session, verdict, now, set }).catch((error: unknown) => {
      if (!isDatabaseError(error)) throw error;
      deps.log("warn", "session_not_written", { session: session.id, cause: error.message });
    });
  }
  const { id: sessionId, user, createdAt, expiresAt } = session;
  return { user, sessionId, createdAt, expiresAt };
}

interface Use {
  session: SessionRecord;
  verdict: Alive;
  now: number;
  set: HeaderSet;
}

async function writeDown(
  deps: CurrentUserDependencies,
  { session, verdict, now, set }: Use,
): Promise<void> {
  const { id: sessionId, expiresAt, token } = session;
  if (verdict.isFirstUse) {
    await deps.store.acceptToken({ sessionId, generation: token.generation, now });
  }
  if (verdict.isActivity) {
    const endsAt = endOfSession(now, { expiresAt, sessionMaxAgeMs: deps.config.sessionMaxAgeMs });
    await deps.store.recordActivity({ sessionId, now, endsAt });
  }
  if (verdict.mayRenew) await renew(deps, { session, set, now });
}

async function endSession(
  { store, log, loginEvents }: CurrentUserDependencies,
  { session, isReused }: { session: SessionRecord; isReused: boolean },
): Promise<void> {
  await store.endSession(session.id);
  if (!isReused) return;
  log("warn", "session_value_reused", { session: session.id, user: session.user.id });
  loginEvents.publish(session.user.id);
}

/** Offers the session's next value, if no other request of this moment did. */
async function renew(
  { store, config }: CurrentUserDependencies,
  { session, set, now }: { session: SessionRecord; set: HeaderSet; now: number },
): Promise<void> {
  const next = createToken();
  const isOffered = await store.offerToken({
    sessionId: session.id,
    generation: session.generation,
    hash: hashToken(next),
    now,
    notSince: now - RENEWAL_GRACE_MS,
  });
  if (!isOffered) return;
  const maxAge = Math.ceil((session.expiresAt - now) / 1000);
  await setCookie(set, sessionCookie(config.origin), { value: next, maxAge });
}
