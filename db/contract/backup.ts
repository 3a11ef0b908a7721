import type { AuditContext } from "./audit.ts";

/** What the database knows about its backups. Times are in milliseconds since 1970. */
export interface BackupStore {
  /** The moment that the last good backup shows, or `null`: a copy that was not opened and verified does not count. */
  findLastBackup(): Promise<number | null>;
  /** Records a good backup, with an event. */
  recordBackup(at: number, audit: AuditContext): Promise<void>;
  /**
   * Makes a restored file fit to be served, with an event. Ends all sessions, also those that had ended since, and
   * returns how many there were. Refuses ID tokens that were issued until `refuseTokensUntil`: the nonces that were
   * used since, and what Google revoked since, are not in the file.
   */
  finishRestore(restore: { refuseTokensUntil: number }, audit: AuditContext): Promise<number>;
}
