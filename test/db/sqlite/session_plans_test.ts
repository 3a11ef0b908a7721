import { describe, expect, test } from "bun:test";

import { drizzle } from "drizzle-orm/bun-sqlite";

import type { Query } from "../../../db/act.ts";
import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../../db/sqlite/dialect.ts";
import { execute } from "../../../db/sqlite/run_act.ts";
import { findSessionStatements } from "../../../db/statements/find_session.ts";
import { sessionStatements } from "../../../db/statements/sessions.ts";

// Every request of a signed-in person makes one of these look-ups. None may read a whole table, and each has the form
// that Bun's SQLite plans once (`= +?`).

const prepared: string[] = [];
const database = openDatabaseFile(":memory:");
const client = Object.create(database);
client.prepare = (sql: string) => {
  prepared.push(sql);
  return database.prepare(sql);
};
const dialect = { ...createSqliteDialect(database), db: drizzle({ client }) };
const { findSession, findSessionById, findSessionsById, findSessionByAccess } =
  findSessionStatements({
    ...createSqliteDialect(database),
    db: drizzle({ client }),
  });

const LOOK_UPS: [name: string, query: Query<unknown>, index: string][] = [
  ["by token", findSession.get({ hash: "", boundHash: null }), "session_tokens USING PRIMARY KEY"],
  ["by id", findSessionById.get({ sessionId: "" }), "sessions USING PRIMARY KEY"],
  [
    "by access token",
    findSessionByAccess.get({ accessHash: "" }),
    "sessions USING INDEX sessions_access_hash",
  ],
];

/** How SQLite runs the last statement. */
function readPlan(): string[] {
  const sql = prepared.at(-1) ?? "";
  return database
    .query<{ detail: string }, string[]>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from(sql.matchAll(/\?/g), () => ""))
    .map(({ detail }) => detail);
}

function planOf(sql: string): string[] {
  return database
    .query<{ detail: string }, string[]>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from(sql.matchAll(/\?/g), () => "[]"))
    .map(({ detail }) => detail);
}

test("activity that waited is written one session after the other", () => {
  execute(sessionStatements(dialect).writeActivity.run({ activities: "[]", ids: "[]" }));
  expect(planOf(prepared.at(-1) ?? "").slice(0, 2)).toEqual([
    "SCAN json_each VIRTUAL TABLE INDEX 1:",
    "SEARCH sessions USING PRIMARY KEY (id=?)",
  ]);
});

describe("a session is looked up", () => {
  for (const [name, query, index] of LOOK_UPS) {
    test(`${name} in an index, with a plan that is kept`, () => {
      expect(execute(query)).toBe(null);
      expect(prepared.at(-1)).toEndWith("= +?");
      const plan = readPlan();
      expect(plan[0]).toStartWith(`SEARCH ${index} (`);
      expect(plan.filter((step) => !/^(?:SEARCH|CORRELATED SCALAR SUBQUERY) /.test(step))).toEqual(
        [],
      );
    });
  }

  test("with many others, each in the same indexes", () => {
    expect(execute(findSessionsById.all({ ids: "[]" }))).toEqual([]);
    expect(readPlan().filter((step) => /\b(?:sessions|users)\b/.test(step))).toEqual([
      "SEARCH sessions USING PRIMARY KEY (id=?)",
      "SEARCH users USING PRIMARY KEY (id=?)",
    ]);
  });
});
