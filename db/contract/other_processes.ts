import type { AuditEvent } from "./audit.ts";

/** An event that another process has recorded, by what it means for a person. */
export type ForeignEvent = Pick<AuditEvent, "kind" | "subjectId">;

/** What other processes write into the same file: a command, or another server. */
export interface OtherProcessesStore {
  /** Whether one of them has written since the last call, or since the file was opened. Reads no table. */
  wasChangedElsewhere(): Promise<boolean>;
  /** Their events since the last call, or since the file was opened, oldest first. Many come in several calls. */
  readForeignEvents(): Promise<ForeignEvent[]>;
}
