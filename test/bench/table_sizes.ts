import type { SQL } from "bun";

import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { drawRows, quantile } from "./report.ts";
import { addedTokenHash } from "./seed_postgres.ts";

/** How large tables are, with their indexes. Returns a table, as text. */
export async function drawSizes(sql: SQL, tables: string[]): Promise<string> {
  const rows: string[][] = [];
  for (const table of tables) {
    const [size] = await sql.unsafe(
      `select count(*) as rows, pg_relation_size('${table}') as own, pg_total_relation_size('${table}') as whole from ${table}`,
    );
    const each = (bytes: string) => (Number(bytes) / Number(size.rows)).toFixed(0);
    rows.push([table, size.rows, each(size.own), each(size.whole)]);
  }
  return drawRows([["", "rows", "bytes of a row", "with indexes"], ...rows]);
}

/** How long the store looks for one of `sessions`, one after the other. Returns text. */
export async function measureLookUps(
  address: string,
  { sessions, count }: { sessions: number; count: number },
): Promise<string> {
  const store = await openStore(parseDatabase(address), MACHINE);
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const hash = addedTokenHash(1 + Math.floor(Math.random() * sessions));
    const begun = performance.now();
    if (!(await store.findSession(hash))) throw new Error("A session is missing");
    times.push(performance.now() - begun);
  }
  await store.close();
  const [half, most] = [0.5, 0.99].map((at) => quantile(times, at).toFixed(2));
  return `one look-up after the other, among ${sessions} sessions: ${half} ms, 99 % within ${most} ms`;
}
