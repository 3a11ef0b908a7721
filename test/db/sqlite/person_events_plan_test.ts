import { expect, test } from "bun:test";

import { drizzle } from "drizzle-orm/bun-sqlite";

import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../../db/sqlite/dialect.ts";
import { runAct } from "../../../db/sqlite/run_act.ts";
import { selectEvents } from "../../../db/statements/audit_query.ts";

// A person may have a hundred thousand events: to sort them for each page of an export would take a quarter of a second.

test("the next events of a person are read from two indexes, in their order", () => {
  const prepared: string[] = [];
  const database = openDatabaseFile(":memory:");
  const client = Object.create(database);
  client.prepare = (sql: string) => {
    prepared.push(sql);
    return database.prepare(sql);
  };
  const select = selectEvents({ ...createSqliteDialect(database), db: drizzle({ client }) });
  expect(runAct(select({ personId: "ada", before: 9, limit: 500 }))).toEqual([]);
  const sql = prepared.at(-1) ?? "";
  const plan = database
    .query<{ detail: string }, string[]>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from(sql.matchAll(/\?/g), () => ""))
    .map(({ detail }) => detail);
  for (const [index, column] of [
    ["audit_events_by_subject", "subject_id"],
    ["audit_events_by_actor", "actor_id"],
  ]) {
    const search = new RegExp(
      `^SEARCH audit_events USING .*INDEX ${index} \\(${column}=\\? AND seq`,
    );
    expect(plan.filter((step) => search.test(step))).toHaveLength(1);
  }
  expect(plan.filter((step) => /TEMP B-TREE|^SCAN audit_(?:events|details)\b/.test(step))).toEqual(
    [],
  );
});
