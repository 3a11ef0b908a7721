import type { SessionRecord } from "../../db/contract/session.ts";
import { type Alive, endOfSession, ROTATION_GRACE_MS } from "../auth/session_policy.ts";
import { createToken, hashToken } from "../auth/token.ts";
import { sessionCookie, setCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";

/** One use of a live session. */
export interface SessionUse {
  session: SessionRecord;
  /** The hash of the token that was presented. */
  tokenHash: string;
  verdict: Alive;
  now: number;
  /** Takes the cookie of a next token; `null`: none is offered. */
  set: HeaderSet | null;
}

/**
 * Stores the changes in `verdict`: the first use of a new token, activity, and the next token. Returns the session then,
 * or `null` if too many tokens were offered without one being presented.
 */
export async function keepSession(
  app: AppContext,
  { session, tokenHash, verdict, now, set }: SessionUse,
): Promise<SessionRecord | null> {
  const { id: sessionId, expiresAt, token } = session;
  let kept = session;
  // It waits for the next commit, which may be the one of this request.
  if (verdict.isActivity) {
    const idleEndsAt = endOfSession(now, {
      expiresAt,
      sessionMaxAgeMs: app.config.sessionMaxAgeMs,
    });
    await app.store.recordActivity({ sessionId, seenAt: session.lastSeenAt, now, idleEndsAt });
    kept = { ...session, lastSeenAt: now, idleEndsAt };
  }
  if (verdict.isFirstUse) {
    await app.store.acceptToken({ sessionId, generation: token.generation, hash: tokenHash, now });
  }
  if (!verdict.mayRotate || set === null) return kept;
  return (await rotateToken(app, { session, set, now })) ? kept : null;
}

/** Offers the session's next token, unless a concurrent request has offered one. Returns whether the session goes on. */
async function rotateToken(
  { store, config, random }: AppContext,
  { session, set, now }: { session: SessionRecord; set: HeaderSet; now: number },
): Promise<boolean> {
  const next = createToken(random);
  const outcome = await store.offerToken({
    sessionId: session.id,
    generation: session.generation,
    hash: hashToken(next),
    now,
    graceMs: ROTATION_GRACE_MS,
  });
  if (outcome === "offered") {
    const maxAge = Math.ceil((session.expiresAt - now) / 1000);
    await setCookie(set, sessionCookie(config.origin), { value: next, maxAge });
  }
  return outcome !== "never_presented";
}
