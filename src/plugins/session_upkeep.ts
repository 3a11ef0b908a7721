import type { SessionRecord } from "../../db/store.ts";
import { type Alive, endOfSession, RENEWAL_GRACE_MS } from "../auth/session_policy.ts";
import { createToken, hashToken } from "../auth/token.ts";
import { sessionCookie, setCookie } from "./cookies.ts";
import type { HeaderSet } from "./headers.ts";
import type { SessionDependencies } from "./session_reading.ts";

/** The use of a session that goes on. */
export interface SessionUse {
  session: SessionRecord;
  verdict: Alive;
  now: number;
  set: HeaderSet;
}

/** Writes down what the use of a session means: its first use by a new value, activity, a value to come. */
export async function keepUp(
  deps: SessionDependencies,
  { session, verdict, now, set }: SessionUse,
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

/** Offers the session's next value, if no other request of this moment did. */
async function renew(
  { store, config }: SessionDependencies,
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
