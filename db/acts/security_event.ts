import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { SecurityAct, SecurityEventDelivery } from "../contract/security_event.ts";
import type { Statements } from "../statements/all.ts";
import { isNew, recordEvent } from "./audit_log.ts";
import { keepGoogleEvent } from "./google_account.ts";

/** How long the id of an event is kept, in milliseconds: much longer than the days in which Google delivers it again. */
const REMEMBERED_MS = 400 * 86_400_000;

/** Applies a security event once and returns the ids of the users it concerns. Run it in one transaction. */
export function* applySecurityEvent(
  run: Statements,
  { jti, issuedAt, acts }: SecurityEventDelivery,
  audit: AuditContext,
): Act<string[]> {
  const expiresAt = audit.now + REMEMBERED_MS;
  if (!(yield* isNew(run, { what: `jti ${jti}`, expiresAt }))) return [];
  const userIds: string[] = [];
  for (const act of acts) {
    const userId = yield* applyAct(run, { act, issuedAt, audit });
    if (userId !== null) userIds.push(userId);
  }
  return userIds;
}

function* applyAct(
  run: Statements,
  { act, issuedAt, audit }: { act: SecurityAct; issuedAt: number; audit: AuditContext },
): Act<string | null> {
  const { sub, kind, endsSessionsBefore, disables } = act;
  const user = sub === null ? null : yield* run.findUser.get({ sub });
  const userId = user?.id ?? null;
  const isNewest = sub !== null && (yield* keepGoogleEvent(run, { ...act, sub }, issuedAt));
  let count = 0;
  if (userId !== null) {
    if (endsSessionsBefore !== null) {
      const which = { userId, before: endsSessionsBefore };
      yield* run.keepTokensBefore.run({ ...which, why: "google", now: audit.now });
      const ended = yield* run.deleteSessionsBefore.all(which);
      count = ended.length;
    }
    if (disables && isNewest) {
      const isLifted = disables === "lifted";
      yield* run.setGoogleDisabled.run({
        userId,
        saidAt: issuedAt,
        at: isLifted ? null : audit.now,
        reason: isLifted ? null : disables.reason,
      });
    }
  }
  const reason = disables && disables !== "lifted" && disables.reason;
  const details = {
    method: reason ? `${kind} (${reason})` : kind,
    ...(count > 0 ? { count } : {}),
  };
  yield* recordEvent(run, { kind: "security_event", subjectId: userId, details }, audit);
  return userId;
}
