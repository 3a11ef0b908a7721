import type { AppStore } from "../../db/contract/app_store.ts";
import { openSqlite } from "../../db/sqlite.ts";
import { readDatabasePath } from "../config.ts";
import type { CommandContext } from "./command_line.ts";

/** Opens the database of a command's settings, runs `act`, and closes the database. */
export async function withStore(
  { env, random }: CommandContext,
  act: (store: AppStore) => Promise<void>,
): Promise<void> {
  const store = openSqlite(readDatabasePath(env), { random });
  try {
    await act(store);
  } finally {
    store.close();
  }
}
