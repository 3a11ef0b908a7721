import type { SQL } from "bun";

import type { PostgresBench, Setup } from "./postgres_servers.ts";
import { drawRows } from "./report.ts";
import type { SliceWatch } from "./setups.ts";

const CONFLICT = /could not serialize access|deadlock detected/g;
const POSITION = "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as position";

/** How many bytes of the write-ahead log there have been. */
export async function readLogPosition(sql: SQL): Promise<number> {
  const [row] = await sql.unsafe(POSITION);
  return Number(row.position);
}

/** Counts what sign-ins cost PostgreSQL: transactions that began again, and the write-ahead log. */
export function watchSignIns({ sql, server, setups }: PostgresBench): SliceWatch & {
  draw(): string;
} {
  const sums = new Map(setups.map(({ name }) => [name, { signIns: 0, bytes: 0, retries: 0 }]));
  let bytes = 0;
  let retries = 0;

  async function look() {
    return {
      bytes: await readLogPosition(sql),
      retries: server.log().match(CONFLICT)?.length ?? 0,
    };
  }

  return {
    async before() {
      ({ bytes, retries } = await look());
    },
    async after({ name }, signIns) {
      const now = await look();
      const sum = sums.get(name);
      if (!sum) return;
      sum.signIns += signIns;
      sum.bytes += now.bytes - bytes;
      sum.retries += now.retries - retries;
    },
    draw() {
      const rows = setups.flatMap(({ name, postmaster }: Setup) => {
        const sum = sums.get(name);
        if (postmaster === null || !sum) return [];
        const perSignIn = (value: number, digits: number) => (value / sum.signIns).toFixed(digits);
        return [[name, perSignIn(sum.retries, 3), perSignIn(sum.bytes, 0)]];
      });
      return drawRows([["each sign-in", "retries", "bytes of WAL"], ...rows]);
    },
  };
}
