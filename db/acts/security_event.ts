import type { AuditContext } from "../contract/audit.ts";
import type { SecurityAct, SecurityEventDelivery } from "../contract/security_event.ts";
import type { Statements } from "../statements/all.ts";
import { isNew, recordEvent } from "./audit_log.ts";

/** Google delivers an event again for days at most; its id is remembered for much longer, in milliseconds. */
const REMEMBERED_MS = 400 * 86_400_000;

/** Does what a security event asks for; belongs into one transaction. */
export function applySecurityEvent(
  run: Statements,
  { jti, issuedAt, acts }: SecurityEventDelivery,
  audit: AuditContext,
): string[] {
  const expiresAt = audit.now + REMEMBERED_MS;
  if (!isNew(run, { what: `jti ${jti}`, expiresAt })) return [];
  return acts.flatMap((act) => applyAct(run, { act, issuedAt, audit }) ?? []);
}

function applyAct(
  run: Statements,
  { act, issuedAt, audit }: { act: SecurityAct; issuedAt: number; audit: AuditContext },
): string | null {
  const { sub, kind, endsSessionsBefore, disables } = act;
  const user = sub === null ? undefined : run.findUser.get({ sub });
  const userId = user?.id ?? null;
  let count = 0;
  if (userId !== null) {
    if (endsSessionsBefore !== null) {
      count = run.deleteSessionsBefore.all({ userId, before: endsSessionsBefore }).length;
    }
    if (disables) {
      const isLifted = disables === "lifted";
      run.setGoogleDisabled.run({
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
  recordEvent(run, { kind: "security_event", subjectId: userId, details }, audit);
  return userId;
}
