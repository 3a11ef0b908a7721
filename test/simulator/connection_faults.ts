import { SQL } from "bun";

import type { AppStore } from "../../db/contract/app_store.ts";
import type { PostgresAddress } from "../../src/config/database.ts";
import type { Faults } from "./store_faults.ts";
import type { Turns } from "./turns.ts";

/** A request makes fewer calls of the store than statements. */
const MOST_CALLS = 5;

/** Cuts the connections to a PostgreSQL on demand, those of all processes, in the middle of what they do. */
export class ConnectionFaults implements Faults {
  #left = Number.POSITIVE_INFINITY;
  readonly #url: string;
  readonly #turns: Turns;

  constructor({ url }: PostgresAddress, turns: Turns) {
    this.#url = url;
    this.#turns = turns;
  }

  arm(n: number): void {
    this.#left = n % MOST_CALLS;
  }

  disarm(): boolean {
    const hasFailed = this.#left < 0;
    this.#left = Number.POSITIVE_INFINITY;
    return hasFailed;
  }

  /** The same store, but with one of its calls the connections are cut. */
  of(store: AppStore): AppStore {
    const calls = Object.entries(store).map(([name, value]) => [
      name,
      typeof value === "function" && name !== "close"
        ? (...args: unknown[]) => {
            this.#pass();
            return value(...args);
          }
        : value,
    ]);
    return Object.fromEntries(calls);
  }

  #pass(): void {
    this.#left -= 1;
    if (this.#left === -1) void this.#turns.watch(cutConnections(this.#url));
  }
}

async function cutConnections(url: string): Promise<void> {
  await using sql = new SQL(url, { max: 1 });
  await sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'foyer'`;
}
