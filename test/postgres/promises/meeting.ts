import { SQL } from "bun";

import type { AppStore } from "../../../db/contract/app_store.ts";
import { openPostgres } from "../../../db/postgres/open_postgres.ts";
import { parseDatabase, type PostgresAddress } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { gatedBy } from "./gated_pool.ts";

/** Two processes with one PostgreSQL, one of which a test stops before any of its queries. */
export interface Meeting extends AsyncDisposable {
  first: AppStore;
  second: AppStore;
  /** Asks the database itself. */
  sql: SQL;
  /**
   * Calls `round` for each query of what it runs in `first`, until they are all met. Before the query with that number,
   * what it runs in `second` runs to its end, or to where it waits for `first`.
   */
  everywhere(round: (meet: Meet) => Promise<void>): Promise<void>;
}

/** Runs both, and resolves with their outcomes. */
type Meet = <One, Other>(
  first: (store: AppStore) => Promise<One>,
  second: (store: AppStore) => Promise<Other>,
) => Promise<[One, Other]>;

/** Opens both processes on a new database. */
export async function createMeeting(): Promise<Meeting> {
  const address = await createMigratedDatabase();
  const database = parseDatabase(address) as PostgresAddress;
  const sql = new SQL(address, { max: 1 });
  let gate = async () => {};
  const openPool = gatedBy(() => gate());
  const first = await openPostgres(database, { ...MACHINE, openPool });
  const second = await openPostgres(database, MACHINE);

  /** Resolves when a process waits for a lock that another holds. */
  async function someoneWaits(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const waiting = await sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      if (waiting.length > 0) return;
    }
  }

  /** Runs both, the second before the query number `place` of the first. Returns whether there was one. */
  async function meetAt(place: number, round: (meet: Meet) => Promise<void>): Promise<boolean> {
    let queries = 0;
    await round(async (runFirst, runSecond) => {
      let other: ReturnType<typeof runSecond> | undefined;
      gate = async () => {
        queries += 1;
        if (queries !== place) return;
        let isOver = false;
        other = runSecond(second);
        const ended = other.then(
          () => (isOver = true),
          () => (isOver = true),
        );
        await Promise.race([ended, someoneWaits(() => isOver)]);
      };
      const one = await runFirst(first);
      gate = async () => {};
      return [one, await (other ?? runSecond(second))];
    });
    return queries >= place;
  }

  return {
    ...{ first, second, sql },
    async everywhere(round) {
      for (let place = 1; await meetAt(place, round); place += 1);
    },
    async [Symbol.asyncDispose]() {
      await first.close();
      await second.close();
      await sql.close();
    },
  };
}
