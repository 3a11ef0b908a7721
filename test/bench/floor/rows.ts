import type { Database } from "bun:sqlite";

import { hash } from "./cookie.ts";

/** What a row is made of, by column. */
type Row = Record<string, string | number | null>;

/** Who signs in or out. */
export interface Actor {
  userId: string;
  name: string;
  email: string;
  userAgent: string;
}

/**
 * An insertion of the columns that the table has. Where Foyer's schema no longer has them, or the table, the floor
 * writes them no longer either.
 */
export function insertion(
  database: Database,
  table: string,
  { columns: wanted, then = "" }: { columns: string[]; then?: string },
) {
  const columns = database
    .query<{ name: string }, []>(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => name)
    .filter((name) => wanted.includes(name));
  if (columns.length === 0) return { run: (_: Row) => 1 };
  const values = columns.map((name) => `$${name}`);
  const query = database.query(
    `insert into ${table} (${columns.join(", ")}) values (${values.join(", ")}) ${then}`,
  );
  return {
    /** Returns how many rows have changed. */
    run: (row: Row) => query.run(...columns.map((name) => row[name] ?? null)).changes,
  };
}

/** Records events in the audit log, as Foyer does. Run it in a transaction. */
export function auditLog(database: Database) {
  const findHead = database.query<{ seq: number; hash: string }, []>(
    "select seq, hash from audit_marks where name = 'head'",
  );
  const saveEvent = insertion(database, "audit_events", {
    columns: ["seq", "at", "kind", "actor_id", "subject_id", "details_hash", "hash"],
  });
  const saveDetails = insertion(database, "audit_details", {
    columns: ["seq", "salt", "details", "email"],
  });
  const saveHead = insertion(database, "audit_marks", {
    columns: ["name", "seq", "hash"],
    then: "on conflict (name) do update set seq = excluded.seq, hash = excluded.hash",
  });
  const count = insertion(database, "daily_counts", {
    columns: ["day", "code", "count"],
    then: "on conflict (day, code) do update set count = count + 1",
  });
  return (kind: "signed_in" | "signed_out", { userId, name, email, userAgent }: Actor): void => {
    const now = Date.now();
    const head = findHead.get() ?? { seq: 0, hash: "" };
    const seq = head.seq + 1;
    const salt = crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url" });
    const text = JSON.stringify({ name, email, method: "", network: "this machine", userAgent });
    const detailsHash = hash(salt + text);
    const chained = hash(JSON.stringify([head.hash, seq, now, kind, userId, detailsHash]));
    const row = { seq, at: now, kind, actor_id: userId, subject_id: userId };
    saveEvent.run({ ...row, details_hash: detailsHash, hash: chained });
    saveDetails.run({ seq, salt, details: text, email });
    saveHead.run({ name: "head", seq, hash: chained });
    if (kind === "signed_in")
      count.run({ day: new Date(now).toISOString().slice(0, 10), code: kind, count: 1 });
  };
}
