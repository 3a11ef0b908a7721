import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";
import { recordEvent } from "./audit_log.ts";
import { countActive } from "./end_sessions.ts";

/** The moment that the last good backup shows, or `null`. */
export function* findLastBackup(run: Statements): Act<number | null> {
  return (yield* run.findFileMark.get({ name: "backup" }))?.at ?? null;
}

/** Records a good backup of the state at `at`. */
export function* recordBackup(run: Statements, at: number, audit: AuditContext): Act<void> {
  yield* run.saveFileMark.run({ name: "backup", at });
  yield* recordEvent(run, { kind: "backed_up", subjectId: null }, audit);
}

/** Ends all sessions of a restored file, and refuses older ID tokens. Returns how many sessions had not expired. */
export function* finishRestore(
  run: Statements,
  { refuseTokensUntil }: { refuseTokensUntil: number },
  audit: AuditContext,
): Act<number> {
  yield* run.keepAllTokens.run({ why: "admin", now: audit.now });
  const count = countActive(yield* run.deleteAllSessions.all(), audit);
  yield* run.saveDeletionMark.run({ name: "revocations", at: refuseTokensUntil });
  yield* recordEvent(run, { kind: "restored", subjectId: null, details: { count } }, audit);
  return count;
}
