import type { Act } from "../act.ts";
import type { Statements } from "../statements/all.ts";

/**
 * Deletes the next `limit` rows of each table that have expired, and returns whether there are more. Browsers of ended
 * sessions are still told.
 */
export function* deleteNextExpired(
  run: Statements,
  next: { now: number; limit: number },
): Act<boolean> {
  const { now, limit } = next;
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
  return deleted.some(({ length }) => length === limit);
}
