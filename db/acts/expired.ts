import type { Act } from "../act.ts";
import type { Statements } from "../statements/all.ts";

/** So many rows of each table go at once: with their tokens, so many sessions take SQLite some 15 ms. */
const BATCH = 200;

/** Deletes the next of what has expired, and returns whether there is more. Browsers of ended sessions are still told. */
export function* deleteNextExpired(run: Statements, now: number): Act<boolean> {
  const next = { now, limit: BATCH };
  const sessions = yield* run.listExpiredSessions.all(next);
  const ids = JSON.stringify(sessions.map(({ id }) => id));
  yield* run.keepExpiredTokens.run({ ids, now });
  yield* run.deleteSessions.run({ ids });
  // What is deleted might speak against a token, so how far it goes is kept.
  yield* run.keepNonceMark.run({ now });
  yield* run.keepRevocationMark.run({ now });
  const deleted = [
    sessions,
    yield* run.deleteExpiredEndedTokens.all(next),
    yield* run.deleteExpiredBoundTokens.all(next),
    yield* run.deleteExpiredNonces.all(next),
    yield* run.deleteExpiredGoogleAccounts.all(next),
    yield* run.deleteExpiredOnce.all(next),
    yield* run.deleteExpiredInvitations.all(next),
  ];
  return deleted.some(({ length }) => length === BATCH);
}
