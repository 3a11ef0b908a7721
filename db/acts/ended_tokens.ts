import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { EndedToken, SessionEnd } from "../contract/session_end.ts";
import type { Statements } from "../statements/all.ts";

/** Keeps why the sessions of `userId` except `exceptId` are about to end. Run it in the transaction that ends them. */
export function* keepTokensOfUser(
  run: Statements,
  { userId, exceptId, why }: { userId: string; exceptId: string | null; why: SessionEnd },
  { now }: AuditContext,
): Act<void> {
  yield* run.keepTokensOfUser.run({ userId, exceptId: exceptId ?? "", why, now });
}

/** Why the session of a token ended, or `null`. */
export function* findSessionEnd(run: Statements, token: EndedToken): Act<SessionEnd | null> {
  return (yield* run.findEndedToken.get({ ...token }))?.reason ?? null;
}
