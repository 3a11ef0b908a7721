import type { Database } from "bun:sqlite";

import { openDatabaseFile } from "../../db/sqlite/database_file.ts";

/** What SQLite answers when it cannot work. */
export const FAULTS = ["SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR"] as const;

const METHODS = ["run", "get", "all", "values"] as const;

/** What lets a store fail on demand. */
export interface Faults {
  /** The store fails after `n` more things that it does (counted from 0), and goes on failing if it `lasts`. */
  arm(n: number, how: { code: string; lasts: boolean }): void;
  /** Ends it, and says whether the store has failed. */
  disarm(): boolean;
}

/** Lets the statements of one connection to SQLite fail on demand. */
export class StoreFaults implements Faults {
  #left = Number.POSITIVE_INFINITY;
  #code: string = FAULTS[0];
  #lasts = false;

  /** Statement number `n` from now on (counted from 0) fails with `code`, and so do those behind it if it `lasts`. */
  arm(n: number, { code, lasts }: { code: string; lasts: boolean }): void {
    this.#left = n;
    this.#code = code;
    this.#lasts = lasts;
  }

  /** Ends it, and says whether a statement failed. */
  disarm(): boolean {
    const hasFailed = this.#left < 0;
    this.#left = Number.POSITIVE_INFINITY;
    return hasFailed;
  }

  /** Opens a file whose statements can fail: also `BEGIN` and `COMMIT`. */
  readonly open = (path: string): Database => {
    const database = openDatabaseFile(path);
    const prepare = database.prepare.bind(database);
    database.prepare = ((sql: string, ...params: never[]) => {
      const statement = prepare(sql, ...params);
      if (sql === "ROLLBACK") return statement;
      for (const method of METHODS) {
        const run = statement[method].bind(statement) as (...args: unknown[]) => unknown;
        Object.assign(statement, {
          [method]: (...args: unknown[]) => {
            this.#pass(database);
            return run(...args);
          },
        });
      }
      return statement;
    }) as Database["prepare"];
    return database;
  };

  #pass(database: Database): void {
    this.#left -= 1;
    if (this.#left >= 0 || (this.#left < -1 && !this.#lasts)) return;
    // After these two, SQLite rolls the transaction back by itself.
    // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
    if (this.#code !== "SQLITE_BUSY" && database.inTransaction) database.run("ROLLBACK");
    throw Object.assign(new Error("A planted fault"), { code: this.#code });
  }
}
