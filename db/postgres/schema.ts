import * as pg from "drizzle-orm/pg-core";

import { createTables } from "../schema/all.ts";
import { POSTGRES } from "./columns.ts";

/** Foyer's tables in PostgreSQL. */
export const TABLES_IN_POSTGRES = createTables(POSTGRES);

/** A number that each row gets in turn. */
const identity = () =>
  pg.bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity() as never as ReturnType<
    typeof POSTGRES.number
  >;

/**
 * Events that are recorded and not chained yet. One row that every sign-in changes would halve what PostgreSQL can do,
 * so acts only append here, and the chain takes many at once.
 */
export const auditPending = POSTGRES.table("audit_pending", {
  id: identity(),
  at: POSTGRES.number().notNull(),
  kind: POSTGRES.text().notNull(),
  actorId: POSTGRES.text("actor_id"),
  subjectId: POSTGRES.text("subject_id"),
  detailsHash: POSTGRES.text("details_hash").notNull(),
  salt: POSTGRES.text().notNull(),
  details: POSTGRES.text().notNull(),
  email: POSTGRES.text(),
});

/** Changes of counters that are not added up yet, for the same reason. */
export const counterChanges = POSTGRES.table("counter_changes", {
  id: identity(),
  name: POSTGRES.text().notNull(),
  change: POSTGRES.number().notNull(),
});

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
} = TABLES_IN_POSTGRES;
