import type { AuditContext } from "./audit.ts";

/** What the database knows about its backups. Times are in milliseconds since 1970. */
export interface BackupStore {
  /** The moment that the last good backup shows, or `null`: a copy that was not opened and verified does not count. */
  findLastBackup(): Promise<number | null>;
  /** Records a good backup, with an event. */
  recordBackup(at: number, audit: AuditContext): Promise<void>;
}
