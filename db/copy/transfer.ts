import type { SQL } from "bun";

import { codeOf } from "../postgres/errors.ts";
import { onServer } from "../postgres/on_server.ts";
import { type Copy, CopyError, namesOf } from "./copy.ts";
import { readRows } from "./read_rows.ts";
import { createRowDigest } from "./row_digest.ts";
import {
  countAtOnce,
  deferReferences,
  dropSearchIndex,
  lockTables,
  requireEmpty,
} from "./target.ts";
import { readBack, writeRows } from "./write_rows.ts";

/** Writes all rows, reads them back and compares them, in one transaction. Throws {@linkcode CopyError}. */
export async function transfer(copy: Copy): Promise<void> {
  let isCommitting = false;
  await onServer(copy.target, (sql) =>
    sql
      .begin(async (connection) => {
        await lockTables(connection, namesOf(copy.tables));
        await requireEmpty(connection, namesOf(copy.tables));
        await writeAll(connection, copy);
        await compareAll(connection, copy);
        await connection.unsafe(`analyze ${namesOf(copy.tables).join(", ")}`);
        isCommitting = true;
      })
      .catch((error: unknown) => {
        if (!isCommitting) throw error;
        throw new CopyError(
          `nobody knows whether the copy is there, because the answer was lost (${codeOf(error)}). Run the command again: it says whether it is empty`,
        );
      }),
  );
}

async function writeAll(connection: SQL, { database, tables, clean, nextStep }: Copy) {
  const finish = await deferReferences(connection);
  const buildIndex = await dropSearchIndex(connection);
  const countPeople = await countAtOnce(connection);
  // The file has its own beginning of the chain, unless it has no event.
  const [head] = database.query("SELECT 1 FROM audit_marks").values();
  if (head) await connection.unsafe("delete from audit_marks");
  for (const table of tables) {
    let rows = 0;
    for (const batch of readRows(database, table, clean)) {
      await nextStep("writing", { table: table.name, rows });
      await writeRows(
        connection,
        table,
        batch.map(({ values }) => values),
      );
      rows += batch.length;
    }
  }
  await finish();
  await buildIndex();
  await countPeople();
}

async function compareAll(connection: SQL, { tables, digests, nextStep }: Copy): Promise<void> {
  for (const table of tables) {
    const digest = createRowDigest();
    for await (const rows of readBack(connection, table)) {
      await nextStep("comparing", { table: table.name, rows: digest.count });
      for (const row of rows) digest.add(row);
    }
    const isEmptyChain = table.name === "audit_marks" && digests.get(table.name)?.count === 0;
    if (isEmptyChain || digest.text === digests.get(table.name)?.text) continue;
    throw new CopyError(`its table ${table.name} is not what the file has`);
  }
}
