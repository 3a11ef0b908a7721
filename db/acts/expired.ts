import type { Act } from "../act.ts";
import type { Statements } from "../statements/all.ts";
import { deleteExpiredProofs } from "./google_account.ts";

/** Deletes what has expired: sessions, whose browsers are still told, bound tokens, nonces, revocations, hashes, invitations. */
export function* deleteExpired(run: Statements, now: number): Act<void> {
  yield* run.deleteExpiredEndedTokens.run({ now });
  yield* run.keepExpiredTokens.run({ now });
  yield* run.deleteExpiredSessions.run({ now });
  yield* run.deleteExpiredBoundTokens.run({ now });
  yield* deleteExpiredProofs(run, now);
  yield* run.deleteExpiredOnce.run({ now });
  yield* run.deleteExpiredInvitations.run({ now });
}
