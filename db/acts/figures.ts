import type { Act } from "../act.ts";
import type { Figures } from "../contract/figures.ts";
import type { Statements } from "../statements/all.ts";
import { findLastBackup } from "./backups.ts";

/** The figures of the whole database. */
export function* readFigures(run: Statements, now: number): Act<Figures> {
  return {
    sessions: (yield* run.readTotals.get({ now }))?.sessions ?? 0,
    databaseBytes: (yield* run.databaseSize.get())?.bytes ?? 0,
    backupAt: yield* findLastBackup(run),
  };
}
