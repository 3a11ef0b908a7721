import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

import type { AuditKind } from "./contract/audit.ts";

// Every time is in milliseconds since 1970, as a plain number; every hash is a SHA-256 in base64url.

/** The record: every change of state, each row chained to the one before it. No name or address stands here. */
export const auditEvents = sqliteTable(
  "audit_events",
  {
    /** From 1 on, without gaps. */
    seq: integer().primaryKey(),
    at: integer().notNull(),
    kind: text().$type<AuditKind>().notNull(),
    /** Who did it and to whom it was done: random ids of users, or none. */
    actorId: text("actor_id"),
    subjectId: text("subject_id"),
    /** Of the salt and the details, which may be erased. */
    detailsHash: text("details_hash").notNull(),
    /** Of the hash before it and all of the above. */
    hash: text().notNull(),
  },
  (table) => [
    index("audit_events_by_subject").on(table.subjectId, table.seq),
    index("audit_events_by_actor").on(table.actorId, table.seq),
    index("audit_events_by_kind").on(table.kind, table.seq),
    index("audit_events_by_time").on(table.at),
  ],
);

/** What can be erased of the record: names, addresses, networks, browsers, as JSON. */
export const auditDetails = sqliteTable("audit_details", {
  seq: integer().primaryKey(),
  salt: text().notNull(),
  details: text().notNull(),
});

/** Two places in the chain: its `head`, and the `root`, behind which it begins since rows were forgotten. */
export const auditMarks = sqliteTable("audit_marks", {
  name: text({ enum: ["head", "root"] }).primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
});

/** How many sign-ins and refusals of each code a day has had; grows with days, not with strangers. */
export const dailyCounts = sqliteTable(
  "daily_counts",
  {
    /** In UTC, `2026-11-25`. */
    day: text().notNull(),
    code: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.code] })],
);

/** What must not be recorded twice: Google's security events by `jti`, refusals by person, code and hour. */
export const recordedOnce = sqliteTable(
  "recorded_once",
  { hash: text().primaryKey(), expiresAt: integer("expires_at").notNull() },
  (table) => [index("recorded_once_expires_at").on(table.expiresAt)],
);
