import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";
import { recordEvent } from "./audit_log.ts";

/** The moment that the last good backup shows, or `null`. */
export function* findLastBackup(run: Statements): Act<number | null> {
  return (yield* run.findFileMark.get({ name: "backup" }))?.at ?? null;
}

/** Records a good backup of the state at `at`. */
export function* recordBackup(run: Statements, at: number, audit: AuditContext): Act<void> {
  yield* run.saveFileMark.run({ name: "backup", at });
  yield* recordEvent(run, { kind: "backed_up", subjectId: null }, audit);
}
