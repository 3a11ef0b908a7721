import type { AuditEvent } from "./audit.ts";

/** An event that another process has recorded, by what it means for a person. */
export type ForeignEvent = Pick<AuditEvent, "kind" | "subjectId">;

/** What other processes write into the same database: a command, or another server. */
export interface OtherProcessesStore {
  /** Their events since the last call, or since the database was opened, oldest first. Many come in several calls. */
  readForeignEvents(): Promise<ForeignEvent[]>;
}
