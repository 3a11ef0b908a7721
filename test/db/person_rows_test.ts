import { expect, test } from "bun:test";

import { SQL } from "bun";

import type { Act } from "../../db/act.ts";
import { listPersonRows } from "../../db/acts/person_export.ts";
import type { Dialect } from "../../db/dialect.ts";
import { POSTGRES } from "../../db/postgres/columns.ts";
import { createPostgresDialect } from "../../db/postgres/dialect.ts";
import { drive } from "../../db/postgres/drive.ts";
import type { Columns } from "../../db/schema/columns.ts";
import { SQLITE } from "../../db/sqlite/columns.ts";
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

const defineVotes = ({ table, text, number, flag, primaryKey }: Columns) =>
  table(
    "votes",
    { id: text(), round: number(), authorId: text("author_id"), isDone: flag("is_done") },
    (row) => [primaryKey({ columns: [row.id, row.round] })],
  );

const defineLines = ({ table, text, flag }: Columns) =>
  table("lines", { id: text(), authorId: text("author_id"), isDone: flag("is_done") });

describeSharedStore("the rows of a person in an application's table", (createDatabase) => {
  /** A table with ten rows, of which six are Ada's. */
  async function fill(name: string, columns: string) {
    const { address, sql } = await createDatabase();
    const engine = openEngine(address);
    await sql.write(`CREATE TABLE ${name} (author_id TEXT, is_done BOOLEAN, ${columns})`);
    for (let number = 0; number < 10; number += 1) {
      const author = number % 3 === 0 ? "grace" : "ada";
      const values = columns.includes("round") ? `'${number % 2}', ${number}` : `'${number}'`;
      await sql.write(`INSERT INTO ${name} VALUES ('${author}', ${number % 2 > 0}, ${values})`);
    }
    return { engine, sql };
  }

  test.each([
    ["notes", "id TEXT PRIMARY KEY", defineNotes],
    ["votes", "id TEXT, round BIGINT, PRIMARY KEY (id, round)", defineVotes],
  ] as const)(
    "are read in batches, each once, though others change meanwhile: %s",
    async (name, columns, define) => {
      const { engine, sql } = await fill(name, columns);
      await using _ = engine;
      const rows = preparePersonRows(engine.dialect, [define(engine.columns).authorId]);
      const list = (after: number, table = `${name}.author_id`) =>
        engine.run(listPersonRows(rows, { userId: "ada", table, after, limit: 4 }));
      const first = await list(Number.MIN_SAFE_INTEGER);
      expect(first).toHaveLength(4);
      await sql.write(`UPDATE ${name} SET is_done = true`);
      const rest = await list(first.at(-1)?.position ?? 0);
      expect(rest).toHaveLength(2);
      const keys = [...first, ...rest].map(({ row }) => `${row.id} ${row.round ?? ""}`);
      expect(new Set(keys).size).toBe(6);
      expect(rest.every(({ row }) => row.isDone === true && row.authorId === "ada")).toBe(true);
      expect(await list(0, `${name}.reader_id`)).toEqual([]);
    },
  );

  test("are read each once from a table without a key", async () => {
    const { engine } = await fill("lines", "id TEXT");
    await using _ = engine;
    const rows = preparePersonRows(engine.dialect, [defineLines(engine.columns).authorId]);
    const query = { userId: "ada", table: "lines.author_id", limit: 4 };
    const first = await engine.run(
      listPersonRows(rows, { ...query, after: Number.MIN_SAFE_INTEGER }),
    );
    const after = first.at(-1)?.position ?? 0;
    const rest = await engine.run(listPersonRows(rows, { ...query, after }));
    const ids = [...first, ...rest].map(({ row }) => String(row.id));
    expect(ids.toSorted()).toEqual(["1", "2", "4", "5", "7", "8"]);
  });
});
