import { expect, test } from "bun:test";

import { SQL } from "bun";

import type { Act } from "../../db/act.ts";
import { listPersonRows } from "../../db/acts/person_export.ts";
import type { Dialect } from "../../db/dialect.ts";
import { createPostgresDialect } from "../../db/postgres/dialect.ts";
import { drive } from "../../db/postgres/drive.ts";
import { type Columns, POSTGRES, SQLITE } from "../../db/schema/columns.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { createSqliteDialect } from "../../db/sqlite/dialect.ts";
import { runAct } from "../../db/sqlite/run_act.ts";
import { preparePersonRows } from "../../db/statements/person_rows.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { describeSharedStore } from "./describe_store.ts";

/** How acts run on an engine that is open. */
interface OpenEngine extends AsyncDisposable {
  columns: Columns;
  dialect: Dialect;
  run<T>(act: Act<T>): Promise<T>;
}

function openEngine(address: string): OpenEngine {
  const parsed = parseDatabase(address);
  if (parsed.engine === "sqlite") {
    const database = openDatabaseFile(parsed.path);
    return {
      columns: SQLITE,
      dialect: createSqliteDialect(database),
      run: async (act) => runAct(act),
      [Symbol.asyncDispose]: async () => database.close(true),
    };
  }
  const client = new SQL(parsed.url, { max: 1 });
  return {
    columns: POSTGRES,
    dialect: createPostgresDialect(),
    run: (act) => drive(client, { act, onStep: () => {} }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

const defineNotes = ({ table, text, flag }: Columns) =>
  table("notes", { id: text().primaryKey(), authorId: text("author_id"), isDone: flag("is_done") });

describeSharedStore("the rows of a person in an application's table", (createDatabase) => {
  test("are read in batches, each once", async () => {
    const { address, sql } = await createDatabase();
    await using engine = openEngine(address);
    await sql.write("CREATE TABLE notes (id TEXT PRIMARY KEY, author_id TEXT, is_done BOOLEAN)");
    for (let number = 0; number < 10; number += 1) {
      const author = number % 3 === 0 ? "grace" : "ada";
      await sql.write(`INSERT INTO notes VALUES ('${9 - number}', '${author}', ${number % 2 > 0})`);
    }
    const rows = preparePersonRows(engine.dialect, [defineNotes(engine.columns).authorId]);
    const list = (after: number, table = "notes.author_id") =>
      engine.run(listPersonRows(rows, { userId: "ada", table, after, limit: 4 }));
    const first = await list(Number.MIN_SAFE_INTEGER);
    expect(first.map(({ row }) => row.id)).toEqual(["8", "7", "5", "4"]);
    expect(first[0]?.row).toEqual({ id: "8", authorId: "ada", isDone: true });
    const rest = await list(first.at(-1)?.position ?? 0);
    expect(rest.map(({ row }) => row.id)).toEqual(["2", "1"]);
    expect(await list(0, "notes.reader_id")).toEqual([]);
  });
});
