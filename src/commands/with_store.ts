import type { AppStore } from "../../db/contract/app_store.ts";
import { openSqlite } from "../../db/sqlite.ts";
import { type Environment, readDatabasePath } from "../config.ts";

/** Opens the database in `env`, runs `act`, and closes the database. */
export async function withStore(
  env: Environment,
  act: (store: AppStore) => Promise<void>,
): Promise<void> {
  const store = openSqlite(readDatabasePath(env));
  try {
    await act(store);
  } finally {
    store.close();
  }
}
