import type { SQL } from "bun";

import { drawRows } from "./report.ts";

const TABLES = ["users", "sessions", "session_tokens", "used_nonces"];

/** How large the tables are, with their indexes. Returns a table, as text. */
export async function drawSizes(sql: SQL): Promise<string> {
  const rows: string[][] = [];
  for (const table of TABLES) {
    const [size] = await sql.unsafe(
      `select count(*) as rows, pg_relation_size('${table}') as own, pg_total_relation_size('${table}') as whole from ${table}`,
    );
    const each = (bytes: string) => (Number(bytes) / Number(size.rows)).toFixed(0);
    rows.push([table, size.rows, each(size.own), each(size.whole)]);
  }
  return drawRows([["", "rows", "bytes of a row", "with indexes"], ...rows]);
}
