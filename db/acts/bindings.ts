import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { BindingStore } from "../contract/binding.ts";
import type { Statements } from "../statements/all.ts";
import { isNew, recordEvent } from "./audit_log.ts";

const HOUR_MS = 3_600_000;
/** More than one session leaves behind until its next renewal. */
const MOST_DELETED = 100;

/** Binds a session to a key. The same key again is given another token: the answer before was lost. */
export function* bindSession(
  run: Statements,
  { sessionId, userId, key, ...token }: Parameters<BindingStore["bindSession"]>[0],
  audit: AuditContext,
): Act<boolean> {
  const text = JSON.stringify(key);
  const isBound = yield* run.bindToKey.get({ sessionId, key: text, now: audit.now });
  if (isBound) {
    yield* recordEvent(run, { kind: "session_bound", subjectId: userId }, audit);
  } else {
    const found = yield* run.findBinding.get({ sessionId });
    if (JSON.stringify(found?.key) !== text) return false;
  }
  yield* run.saveBoundToken.run({ sessionId, ...token });
  return true;
}

/** Saves the next token of a device, unless it has answered a newer challenge. */
export function* renewBinding(
  run: Statements,
  { sessionId, challengedAt, now, ...token }: Parameters<BindingStore["renewBinding"]>[0],
): Act<boolean> {
  if (!(yield* run.acceptAnswer.get({ sessionId, challengedAt }))) return false;
  yield* run.saveBoundToken.run({ sessionId, ...token });
  yield* run.deleteExpiredBoundTokens.run({ now, limit: MOST_DELETED });
  return true;
}

/** Records a fault once per session and hour. Returns whether it did. */
export function* recordBindingFault(
  run: Statements,
  { sessionId, userId, kind }: Parameters<BindingStore["recordBindingFault"]>[0],
  audit: AuditContext,
): Act<boolean> {
  const what = `${kind} ${sessionId} ${Math.floor(audit.now / HOUR_MS)}`;
  if (!(yield* isNew(run, { what, expiresAt: audit.now + HOUR_MS }))) return false;
  yield* recordEvent(run, { kind, subjectId: userId }, audit);
  return true;
}
