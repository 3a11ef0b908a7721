import type { SQL } from "bun";

import type { CopiedTable } from "./copied_tables.ts";
import type { Row } from "./read_rows.ts";

const BATCH = 2000;

/** Writes rows in the order in which they come. */
export async function writeRows(
  connection: SQL,
  { name, columns }: CopiedTable,
  rows: Row[],
): Promise<void> {
  const list = columns.map((column) => `"${column.name}"`).join(", ");
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column.name, row[index]])),
  );
  // As text: Bun would write a text as JSON once more.
  await connection.unsafe(
    `insert into "${name}" (${list}) select ${list} from json_populate_recordset(null::"${name}", $1::text::json)`,
    [JSON.stringify(objects)],
  );
}

/** Reads what was written, in batches. */
export async function* readBack(
  connection: SQL,
  { name, columns }: CopiedTable,
): AsyncGenerator<Row[]> {
  const list = columns.map((column) => `"${column.name}"::text`).join(", ");
  await connection.unsafe(`declare copied no scroll cursor for select ${list} from "${name}"`);
  for (;;) {
    const rows: Row[] = await connection.unsafe(`fetch ${BATCH} from copied`).values();
    if (rows.length === 0) break;
    yield rows;
  }
  await connection.unsafe("close copied");
}
