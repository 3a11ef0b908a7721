import type { SQL } from "bun";

import { createPool } from "../../../db/postgres/pool.ts";

/** What every query in a transaction waits for. */
export type Gate = () => Promise<void>;

/** Makes what opens a pool whose transactions ask `gate` before each query, one query after the other. */
export function gatedBy(gate: Gate): typeof createPool {
  return (address) => {
    const pool = createPool(address);
    return {
      ...pool,
      use: ({ run, ...rest }) =>
        pool.use({ ...rest, run: (sql) => run(gateTransactions(sql, gate)) }),
    };
  };
}

function gateTransactions(sql: SQL, gate: Gate): SQL {
  const begin = (isolation: string, work: (connection: unknown) => Promise<unknown>) =>
    sql.begin(isolation, (connection) => work(gateConnection(connection, gate)));
  const unsafe = (text: string, params: unknown[]) => sql.unsafe(text, params);
  return { begin, unsafe } as unknown as SQL;
}

/** A connection that Drizzle can ask: for rows, or for their values. */
function gateConnection(connection: Pick<SQL, "unsafe">, gate: Gate) {
  let earlier = Promise.resolve();
  return {
    unsafe(text: string, params: unknown[]) {
      const passed = (earlier = earlier.then(gate));
      return {
        then: (...handlers: Parameters<Promise<unknown>["then"]>) =>
          passed.then(() => connection.unsafe(text, params)).then(...handlers),
        values: () => passed.then(() => connection.unsafe(text, params).values()),
      };
    },
  };
}
