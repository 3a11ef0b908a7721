import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

import type { AuditKind } from "./contract/audit.ts";

// Times are in milliseconds since 1970. Hashes are SHA-256 in base64url.

/** The audit log: one row for each change, chained to the row before. It holds no names or addresses. */
export const auditEvents = sqliteTable(
  "audit_events",
  {
    /** Starts at 1, without gaps. */
    seq: integer().primaryKey(),
    at: integer().notNull(),
    kind: text().$type<AuditKind>().notNull(),
    /** Random user ids, or `null`. */
    actorId: text("actor_id"),
    subjectId: text("subject_id"),
    /** Hash of the salt and the details. It stays when the details are erased. */
    detailsHash: text("details_hash").notNull(),
    /** Hash of the previous row's hash and of every column above. */
    hash: text().notNull(),
  },
  (table) => [
    index("audit_events_by_subject").on(table.subjectId, table.seq),
    index("audit_events_by_actor").on(table.actorId, table.seq),
    index("audit_events_by_kind").on(table.kind, table.seq),
    index("audit_events_by_time").on(table.at),
  ],
);

/** The erasable part of the audit log as JSON: names, addresses, networks, browsers. */
export const auditDetails = sqliteTable(
  "audit_details",
  {
    seq: integer().primaryKey(),
    salt: text().notNull(),
    details: text().notNull(),
    /** The address in the details, or `null`. */
    email: text(),
  },
  (table) => [index("audit_details_by_email").on(sql`${table.email} COLLATE NOCASE`)],
);

/** Two positions in the chain: its `head`, and the `root`, the last deleted row. The chain starts after the root. */
export const auditMarks = sqliteTable("audit_marks", {
  name: text({ enum: ["head", "root"] }).primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
  /** Of the root: the text of that hash, which holds the row's time. */
  chained: text(),
});

/** Sign-ins and refusals by day and code. Its size grows with days, not with the number of strangers. */
export const dailyCounts = sqliteTable(
  "daily_counts",
  {
    /** In UTC: `2026-11-25`. */
    day: text().notNull(),
    code: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.code] })],
);

/** Hashes of what the log records only once: security events by `jti`, refusals by person, code and hour. */
export const recordedOnce = sqliteTable(
  "recorded_once",
  { hash: text().primaryKey(), expiresAt: integer("expires_at").notNull() },
  (table) => [index("recorded_once_expires_at").on(table.expiresAt)],
);
