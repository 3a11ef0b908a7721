import { createTables } from "../schema/all.ts";
import { SQLITE } from "./columns.ts";

/** Foyer's tables in SQLite. */
export const TABLES_IN_SQLITE = createTables(SQLITE);

// One by one for Drizzle's migrations.
export const {
  users,
  invitations,
  sessions,
  sessionTokens,
  boundTokens,
  endedTokens,
  usedNonces,
  auditEvents,
  auditDetails,
  auditMarks,
  dailyCounts,
  recordedOnce,
  googleAccounts,
  deletionMarks,
  fileMarks,
  counters,
} = TABLES_IN_SQLITE;
