import { describe, expect, test } from "bun:test";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { findSessionStatements } from "../../db/statements/find_session.ts";

// Every request of a signed-in person makes one of these look-ups. None may read a whole table, and each has the form
// that Bun's SQLite plans once (`= +?`).

const logged: string[] = [];
const database = openDatabaseFile(":memory:");
const logger = { logQuery: (sql: string) => void logged.push(sql) };
const { findSession, findSessionById, findSessionByAccess } = findSessionStatements(
  drizzle({ client: database, logger }),
);

const LOOK_UPS: [name: string, run: () => unknown, index: string][] = [
  [
    "by token",
    () => findSession.get({ hash: "", boundHash: null }).execute(),
    "session_tokens USING INDEX sqlite_autoindex_session_tokens_1",
  ],
  [
    "by id",
    () => findSessionById.get({ sessionId: "" }).execute(),
    "sessions USING INDEX sqlite_autoindex_sessions_1",
  ],
  [
    "by access token",
    () => findSessionByAccess.get({ accessHash: "" }).execute(),
    "sessions USING INDEX sessions_access_hash",
  ],
];

describe("a session is looked up", () => {
  for (const [name, run, index] of LOOK_UPS) {
    test(`${name} in an index, with a plan that is kept`, () => {
      expect(run()).toBe(null);
      const sql = logged.at(-1) ?? "";
      expect(sql).toEndWith("= +?");
      const plan = database
        .query<{ detail: string }, string[]>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...Array.from(sql.matchAll(/\?/g), () => ""))
        .map(({ detail }) => detail);
      expect(plan[0]).toStartWith(`SEARCH ${index} (`);
      expect(plan.filter((step) => !/^(?:SEARCH|CORRELATED SCALAR SUBQUERY) /.test(step))).toEqual(
        [],
      );
    });
  }
});
