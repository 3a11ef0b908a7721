import { Database } from "bun:sqlite";

import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { TABLES } from "../../../db/tables.ts";
import { MACHINE } from "../../../src/machine.ts";
import { ADA, auditAt, type Clock, createFoyer, GRACE } from "../../fixture.ts";
import type { Visitor } from "../../visitor.ts";

/** Who signed in before a file was copied. */
export interface SignedIn {
  ada: Visitor;
  grace: Visitor;
}

/** An application of one's own has none. */
export const HAS_DEMONSTRATION = "customers" in TABLES;

/** Rows of everything that acts make singly, many times: more than one batch. */
const MANY = [
  `INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at)
   SELECT 'user ' || n, 'sub ' || n, 'p' || n || '@example.com', n % 2, 'Zoë "' || n || '" \\ 😀', n, -n FROM numbers`,
  `INSERT INTO sessions (id, user_id, created_at, last_seen_at, expires_at, ends_at, generation, renewed_at, amr, bound_key)
   SELECT 'session ' || n, 'user ' || n, n, n, 9007199254740991 + n, n, 0, n, '["hwk"]', '{"kty":"EC"}' FROM numbers`,
  "INSERT INTO session_tokens SELECT 'token ' || n, 'session ' || n, n, n, null FROM numbers",
  "INSERT INTO bound_tokens SELECT 'bound ' || n, 'session ' || n, n FROM numbers",
  "INSERT INTO ended_tokens SELECT 'ended ' || n, 'user ' || n, 'admin', n FROM numbers",
  "INSERT INTO used_nonces SELECT 'nonce ' || n, n FROM numbers",
  "INSERT INTO recorded_once SELECT 'once ' || n, n FROM numbers",
  "INSERT INTO google_accounts SELECT 'google ' || n, n, n, n % 2, n FROM numbers",
  "INSERT INTO daily_counts SELECT 'day ' || n, char(10) || char(9) || '''', n FROM numbers",
  "INSERT INTO deletion_marks VALUES ('nonces', 7)",
  ...(HAS_DEMONSTRATION ? ["INSERT INTO customers VALUES (2, 'Zoë', '', '😀', '2024-05-31')"] : []),
];

/** Writes a database file at `path` with rows in every table, `count` in most. */
export async function writeFullFile(
  path: string,
  { count, clock }: { count: number; clock: Clock },
): Promise<SignedIn> {
  const store = openSqlite(path, { ...MACHINE, openFile: openQuickly });
  const foyer = await createFoyer({}, { store, clock });
  const [ada, grace] = [foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  for (let number = 0; number < count; number += 1) {
    await store.invite(`guest.${number}@example.com`, auditAt(clock.now));
  }
  await store.recordBackup(clock.now, auditAt(clock.now));
  await store.close();
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ${count})`;
  change(path, ...MANY.map((sql) => (sql.includes("numbers") ? `${numbers} ${sql}` : sql)));
  return { ada, grace };
}

/** Changes a file by hand. */
export function change(path: string, ...statements: string[]): void {
  const database = new Database(path, { strict: true });
  database.run("PRAGMA synchronous = OFF");
  for (const statement of statements) database.run(statement);
  database.close(true);
}

function openQuickly(path: string): Database {
  const database = openDatabaseFile(path);
  database.run("PRAGMA synchronous = OFF");
  return database;
}
