import {
  defineAuditDetails,
  defineAuditEvents,
  defineAuditMarks,
  defineDailyCounts,
  defineRecordedOnce,
} from "./audit.ts";
import type { Columns } from "./columns.ts";
import { defineCounters } from "./counters.ts";
import { defineFileMarks } from "./file_marks.ts";
import { defineDeletionMarks, defineGoogleAccounts } from "./google.ts";
import { defineInvitations, defineUsers } from "./people.ts";
import {
  defineBoundTokens,
  defineEndedTokens,
  defineSessions,
  defineSessionTokens,
  defineUsedNonces,
} from "./sessions.ts";

/** Foyer's tables, as an engine declares them. */
export function createTables(columns: Columns) {
  const users = defineUsers(columns);
  const sessions = defineSessions(columns, { users });
  return {
    users,
    invitations: defineInvitations(columns),
    sessions,
    sessionTokens: defineSessionTokens(columns, { sessions }),
    boundTokens: defineBoundTokens(columns, { sessions }),
    endedTokens: defineEndedTokens(columns, { users }),
    usedNonces: defineUsedNonces(columns),
    auditEvents: defineAuditEvents(columns),
    auditDetails: defineAuditDetails(columns),
    auditMarks: defineAuditMarks(columns),
    dailyCounts: defineDailyCounts(columns),
    recordedOnce: defineRecordedOnce(columns),
    googleAccounts: defineGoogleAccounts(columns),
    deletionMarks: defineDeletionMarks(columns),
    fileMarks: defineFileMarks(columns),
    counters: defineCounters(columns),
  };
}

/** Foyer's tables. */
export type Tables = ReturnType<typeof createTables>;
