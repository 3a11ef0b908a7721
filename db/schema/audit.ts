import { sql } from "drizzle-orm";

import type { AuditKind } from "../contract/audit.ts";
import type { Columns } from "./columns.ts";

// Times are in milliseconds since 1970. Hashes are SHA-256 in base64url.

/** The audit log: one row for each change, chained to the row before. It holds no names or addresses. */
export const defineAuditEvents = ({ table, text, number, index }: Columns) =>
  table(
    "audit_events",
    {
      /** Starts at 1, without gaps. */
      seq: number().primaryKey(),
      at: number().notNull(),
      kind: text().$type<AuditKind>().notNull(),
      /** Random user ids, or `null`. */
      actorId: text("actor_id"),
      subjectId: text("subject_id"),
      /** Hash of the salt and the details. It stays when the details are erased. */
      detailsHash: text("details_hash").notNull(),
      /** Hash of the previous row's hash and of every column above. */
      hash: text().notNull(),
    },
    (row) => [
      index("audit_events_by_subject").on(row.subjectId, row.seq),
      // Without what people do to themselves: as their own subject, they are found by the index before.
      index("audit_events_by_actor")
        .on(row.actorId, row.seq)
        .where(sql`${row.actorId} <> coalesce(${row.subjectId}, '')`),
      // Without the kind of most events, which are found soon whichever way the log is read.
      index("audit_events_by_kind")
        .on(row.kind, row.seq)
        .where(sql`${row.kind} <> 'signed_in'`),
      index("audit_events_by_time").on(row.at),
    ],
  );

/** The erasable part of the audit log as JSON: names, addresses, networks, browsers. */
export const defineAuditDetails = ({ table, text, number, index, noCase }: Columns) =>
  table(
    "audit_details",
    {
      seq: number().primaryKey(),
      salt: text().notNull(),
      details: text().notNull(),
      /** The address in the details, or `null`. */
      email: text(),
    },
    (row) => [index("audit_details_by_email").on(noCase(row.email))],
  );

/** Two positions in the chain: its `head`, and the `root`, the last deleted row. The chain starts after the root. */
export const defineAuditMarks = ({ table, text, number }: Columns) =>
  table("audit_marks", {
    name: text({ enum: ["head", "root"] }).primaryKey(),
    seq: number().notNull(),
    hash: text().notNull(),
    /** Of the root: the text of that hash, which holds the row's time. */
    chained: text(),
  });

/** Sign-ins and refusals by day and code. Its size grows with days, not with the number of strangers. */
export const defineDailyCounts = ({ table, text, number, primaryKey }: Columns) =>
  table(
    "daily_counts",
    {
      /** In UTC: `2026-11-25`. */
      day: text().notNull(),
      code: text().notNull(),
      count: number().notNull(),
    },
    (row) => [primaryKey({ columns: [row.day, row.code] })],
  );

/** Hashes of what the log records only once: security events by `jti`, refusals by person, code and hour. */
export const defineRecordedOnce = ({ table, text, number, index }: Columns) =>
  table(
    "recorded_once",
    { hash: text().primaryKey(), expiresAt: number("expires_at").notNull() },
    (row) => [index("recorded_once_expires_at").on(row.expiresAt)],
  );
