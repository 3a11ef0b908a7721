import { expect, test } from "bun:test";

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

import { listPersonRows } from "../../db/acts/person_export.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../db/sqlite/dialect.ts";
import { runAct } from "../../db/sqlite/run_act.ts";
import { preparePersonRows } from "../../db/statements/person_rows.ts";

const notes = sqliteTable("notes", {
  id: text().primaryKey(),
  authorId: text("author_id"),
  isDone: integer("is_done", { mode: "boolean" }),
});

test("the rows of a person in an application's table are read in batches, each once", () => {
  const database = openDatabaseFile(":memory:");
  database.run("CREATE TABLE notes (id TEXT PRIMARY KEY, author_id TEXT, is_done INTEGER)");
  for (let number = 0; number < 10; number += 1) {
    const author = number % 3 === 0 ? "grace" : "ada";
    database.run("INSERT INTO notes VALUES (?, ?, ?)", [`${9 - number}`, author, number % 2]);
  }
  const rows = preparePersonRows(createSqliteDialect(database), [notes.authorId]);
  const list = (after: number, table = "notes.author_id") =>
    runAct(listPersonRows(rows, { userId: "ada", table, after, limit: 4 }));
  const first = list(Number.MIN_SAFE_INTEGER);
  expect(first.map(({ row }) => row.id)).toEqual(["8", "7", "5", "4"]);
  expect(first[0]?.row).toEqual({ id: "8", authorId: "ada", isDone: true });
  const rest = list(first.at(-1)?.position ?? 0);
  expect(rest.map(({ row }) => row.id)).toEqual(["2", "1"]);
  expect(list(0, "notes.reader_id")).toEqual([]);
  database.close(true);
});
